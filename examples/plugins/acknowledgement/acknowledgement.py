"""Acknowledgements: a group tells who commented that it has read the comment."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from intersessional.domain.command import Command
from intersessional.domain.comment.comment import Comment
from intersessional.domain.desk import Desk
from intersessional.domain.door import Answer
from intersessional.domain.draft.draft import Draft
from intersessional.domain.group.handlers import steward
from intersessional.domain.group.refused import GroupHasConcluded
from intersessional.domain.occurred import Occurred
from intersessional.domain.refused import AlreadyRecorded
from intersessional.domain.subject import First, Subject
from intersessional.graphql.comment import Comment as CommentNode
from intersessional.graphql.mutations import Mutation
from intersessional.graphql.occurred import Occurred as OccurredNode
from intersessional.graphql.part import SchemaPart
from intersessional.plugins.plugin import Plugin
from intersessional.projections.recorded import Recorded
from intersessional.projections.view import Shelf, View


class Acknowledgement(Subject):
    """That a group has read a comment."""

    TOPIC = "acknowledgement"

    class Given(First):
        """A group let it be known that it has read a comment."""

        TOPIC = "acknowledgement.given.v1"
        comment_id: UUID


@dataclass(frozen=True, kw_only=True)
class AcknowledgeComment(Command):
    """Tell who commented that the group has read the comment."""

    comment: UUID
    """The comment, by its id."""


async def acknowledge_comment(command: AcknowledgeComment, desk: Desk) -> UUID:
    """Answer AcknowledgeComment: once, by those who steward the group."""
    comment = await desk.load(Comment, command.comment, command.expected_version)
    draft = await desk.load(Draft, comment.draft_id)
    _, act = await steward(desk, draft.group_id)
    id = uuid5(comment.id, "acknowledgement")
    if await desk.find(Acknowledgement, id) is not None:
        raise AlreadyRecorded(kind="acknowledgement", id=id)
    given = Acknowledgement.begin(Acknowledgement.Given, id=id, act=act, comment_id=comment.id)
    desk.add(given)
    return comment.id


def _key(recorded: Recorded) -> UUID | None:
    event = recorded.event
    return event.comment_id if isinstance(event, Acknowledgement.Given) else None


def _evolve(given: Occurred | None, recorded: Recorded) -> Occurred | None:
    event = recorded.event
    return event.act.occurred if isinstance(event, Acknowledgement.Given) else given


ACKNOWLEDGEMENTS = View(
    name="acknowledgements",
    version=1,
    document=Occurred,
    key=_key,
    evolve=_evolve,
    shelf=lambda _: Shelf(),
)


async def acknowledged(root: CommentNode) -> OccurredNode | None:
    """When the group let it be known that it has read it; null while it has not."""
    found = await root.sight.get(ACKNOWLEDGEMENTS, root.found.key)
    return None if found is None else OccurredNode(of=found.document)


plugin = Plugin(
    name="acknowledgement",
    subjects=(Acknowledgement,),
    answers=(Answer(AcknowledgeComment, acknowledge_comment, (GroupHasConcluded,)),),
    views=(ACKNOWLEDGEMENTS,),
    schema=SchemaPart(
        mutations=(Mutation(AcknowledgeComment, "CommentAcknowledged", CommentNode),),
        extends={"Comment": {"acknowledged": acknowledged}},
    ),
)
