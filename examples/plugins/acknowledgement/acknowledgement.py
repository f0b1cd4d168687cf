"""Acknowledgements: a group states that it has read a comment."""

from dataclasses import dataclass
from typing import Self
from uuid import UUID, uuid5

from intersessional.domain.comment.comment import Comment
from intersessional.domain.draft.draft import Draft
from intersessional.domain.group.handlers import stewarded_group
from intersessional.domain.group.refusals import GroupHasConcluded
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.command import Command
from intersessional.domain.kernel.command_context import CommandContext
from intersessional.domain.kernel.command_handler import CommandHandler
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import AlreadyRecorded
from intersessional.graphql.mutations.mutation import Mutation
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.types.comment import CommentType
from intersessional.graphql.values.occurred import OccurredType
from intersessional.plugins.plugin import Plugin
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import Placement, View


class Acknowledgement(Aggregate):
    """The acknowledgement of a comment by its group."""

    TOPIC = "acknowledgement"

    class Given(CreatedEvent):
        """A group let it be known that it has read a comment."""

        TOPIC = "acknowledgement.given.v1"
        comment_id: UUID

    @classmethod
    def give(cls, act: Act, comment_id: UUID) -> Self:
        """Acknowledge a comment."""
        id = uuid5(comment_id, "acknowledgement")
        return cls.begin(cls.Given, id=id, act=act, comment_id=comment_id)


@dataclass(frozen=True, kw_only=True)
class AcknowledgeComment(Command):
    """Acknowledge a comment in the name of its group."""

    TOPIC = "acknowledgement.give"

    comment: UUID
    """The comment, by its id."""


async def acknowledge_comment(command: AcknowledgeComment, context: CommandContext) -> UUID:
    """Record the acknowledgement once, as a facilitator or the Secretariat."""
    comment = await context.load(Comment, command.comment, command.expected_version)
    draft = await context.load(Draft, comment.draft_id)
    _, act = await stewarded_group(context, draft.group_id)
    acknowledgement = Acknowledgement.give(act, comment.id)
    if await context.find(Acknowledgement, acknowledgement.id) is not None:
        raise AlreadyRecorded(kind="acknowledgement", id=acknowledgement.id)
    context.add(acknowledgement)
    return comment.id


def _key(recorded: RecordedEvent) -> UUID | None:
    event = recorded.event
    return event.comment_id if isinstance(event, Acknowledgement.Given) else None


def _evolve(given: Occurred | None, recorded: RecordedEvent) -> Occurred | None:
    event = recorded.event
    return event.act.occurred if isinstance(event, Acknowledgement.Given) else given


ACKNOWLEDGEMENTS = View(
    name="acknowledgements",
    version=1,
    document=Occurred,
    key=_key,
    evolve=_evolve,
    placement=lambda _: Placement(),
)


async def acknowledged(root: CommentType) -> OccurredType | None:
    """When the group acknowledged the comment; null while it has not."""
    found = await root.loaders.get(ACKNOWLEDGEMENTS, root.snapshot.key)
    return None if found is None else OccurredType(of=found.document)


plugin = Plugin(
    name="acknowledgement",
    aggregates=(Acknowledgement,),
    command_handlers=(
        CommandHandler(AcknowledgeComment, acknowledge_comment, (GroupHasConcluded,)),
    ),
    views=(ACKNOWLEDGEMENTS,),
    schema=SchemaPart(
        mutations=(Mutation(AcknowledgeComment, "CommentAcknowledged", CommentType),),
        extends={"Comment": {"acknowledged": acknowledged}},
    ),
)
