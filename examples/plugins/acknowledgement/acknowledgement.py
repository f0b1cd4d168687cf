"""Acknowledgements: a group states that it has read a comment."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Self
from uuid import UUID, uuid5

import strawberry

from intersessional.domain.command_handling.command import Command
from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.comment.comment import Comment
from intersessional.domain.draft.draft import Draft
from intersessional.domain.group.refusals import GroupHasConcluded
from intersessional.domain.group.stewardship import stewarded_group
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.occurred import Occurred
from intersessional.graphql.mutations.mutation import Mutation
from intersessional.graphql.relay.connection import First
from intersessional.graphql.relay.ids import parse_id
from intersessional.graphql.request.as_of_input import loaders_at
from intersessional.graphql.request.context import Info
from intersessional.graphql.roots.arguments import PastState
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.schema.shareable import shareable
from intersessional.graphql.types.comment import CommentType
from intersessional.graphql.values.occurred import OccurredType
from intersessional.plugins.page import PagePart, Slot
from intersessional.plugins.plugin import Plugin
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import ANY_KIND, ListKey, View, under


class Stage(Enum):
    """What a group has done with a comment so far."""

    READ = "READ"
    """The group has read it."""
    DISCUSSED = "DISCUSSED"
    """The group has discussed it."""


class Acknowledgement(Aggregate):
    """The acknowledgement of a comment by its group."""

    TOPIC = "acknowledgement"

    class Given(CreatedEvent):
        """A group let it be known that it has read a comment."""

        TOPIC = "acknowledgement.given.v1"
        comment_id: UUID
        draft_id: UUID
        stage: Stage

    @classmethod
    def give(cls, act: Act, comment: Comment, stage: Stage) -> Self:
        """Acknowledge a comment."""
        return cls.create(
            cls.Given,
            id=uuid5(comment.id, "acknowledgement"),
            act=act,
            comment_id=comment.id,
            draft_id=comment.draft_id,
            stage=stage,
        )


@dataclass(frozen=True, kw_only=True)
class AcknowledgeComment(Command):
    """Acknowledge a comment in the name of its group."""

    TOPIC = "acknowledgement.give"

    comment: UUID
    """The comment, by its id."""
    stage: Stage = Stage.READ
    """What the group has done with the comment."""


async def acknowledge_comment(command: AcknowledgeComment, context: CommandContext) -> UUID:
    """Record the acknowledgement once, as a facilitator or the Secretariat."""
    comment = await context.load(Comment, command.comment, command.expected_version)
    draft = await context.load(Draft, comment.draft_id)
    _, act = await stewarded_group(context, draft.group_id)
    acknowledgement = Acknowledgement.give(act, comment, command.stage)
    await context.check_absent(Acknowledgement, acknowledgement.id)
    context.add(acknowledgement)
    return comment.id


@dataclass(frozen=True)
class AcknowledgementDocument:
    """When a group acknowledged a comment, and what it had done with it."""

    draft_id: UUID
    occurred: Occurred
    stage: Stage


def _keys(recorded: RecordedEvent) -> Collection[UUID]:
    event = recorded.event
    return (event.comment_id,) if isinstance(event, Acknowledgement.Given) else ()


def _evolve(
    document: AcknowledgementDocument | None, recorded: RecordedEvent
) -> AcknowledgementDocument | None:
    event = recorded.event
    if not isinstance(event, Acknowledgement.Given):
        return document
    return AcknowledgementDocument(event.draft_id, event.act.occurred, event.stage)


ACKNOWLEDGEMENTS = View(
    name="acknowledgements",
    version=1,
    document=AcknowledgementDocument,
    keys=_keys,
    evolve=_evolve,
    lists=lambda document: under(document.draft_id, document.stage.value),
)


async def acknowledged(root: CommentType) -> OccurredType | None:
    """When the group acknowledged the comment; null while it has not."""
    found = await root.loaders.get(ACKNOWLEDGEMENTS, root.snapshot.key)
    return None if found is None else OccurredType(value=found.document.occurred)


DraftId = Annotated[strawberry.ID, strawberry.argument(description="The draft, by its id.")]
StageFilter = Annotated[
    Stage | None, strawberry.argument(description="Only those of this stage; else all.")
]


@object_type
class AcknowledgementQuery:
    """Queries of acknowledgements."""

    @field
    @shareable
    async def acknowledged_comments(
        self,
        info: Info,
        draft: DraftId,
        stage: StageFilter = None,
        first: First = 20,
        as_of: PastState = None,
    ) -> list[CommentType]:
        """The comments on a draft that its group has acknowledged, the first ones first."""
        state = await loaders_at(info.context, as_of)
        list_key = ListKey(parse_id(draft), ANY_KIND if stage is None else stage.value)
        page = await state.page(ACKNOWLEDGEMENTS, list_key, first=first)
        return await CommentType.find_all([item.key for item in page.items], state)


PAGE = PagePart(
    package="acknowledgement_page",
    slots=(
        Slot(place="CommentFooter", document="acknowledged.graphql", template="acknowledged.html"),
    ),
)

plugin = Plugin(
    name="acknowledgement",
    aggregates=(Acknowledgement,),
    command_handlers=(
        CommandHandler(AcknowledgeComment, acknowledge_comment, (GroupHasConcluded,)),
    ),
    views=(ACKNOWLEDGEMENTS,),
    schema=SchemaPart(
        enums=(Stage,),
        queries=(AcknowledgementQuery,),
        mutations=(Mutation(AcknowledgeComment, "CommentAcknowledged", CommentType),),
        extends={"Comment": {"acknowledged": acknowledged}},
    ),
    page=PAGE,
)
