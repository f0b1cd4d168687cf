"""Comments in a history."""

from uuid import UUID

from intersessional.domain.comment.attribution import Attribution, Channel
from intersessional.domain.comment.comment import Comment
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.participant.region import Region
from intersessional.domain.participant.stakeholder_group import StakeholderGroup
from tests.projections.event_history import NOON, EventHistory, id_of

DRAFT = id_of("draft")
SAID_BY = Attribution(Sealed("Ada"), Sealed("the session's transcript"))


def post(
    history: EventHistory,
    name: str,
    *,
    at: str = NOON,
    draft: UUID = DRAFT,
    in_reply_to: UUID | None = None,
    blocks: tuple[str, ...] = ("b1",),
) -> Comment:
    """A comment on a block of a draft, made in a session."""
    return history.begin(
        Comment,
        Comment.Posted,
        id_of(name),
        at=at,
        draft_id=draft,
        group_id=id_of("group"),
        cycle_id=None,
        revision=1,
        blocks=blocks,
        in_reply_to=in_reply_to,
        channel=Channel.IN_SESSION,
        attribution=SAID_BY,
        stakeholder_group=StakeholderGroup.CIVIL_SOCIETY,
        region=Region.AFRICAN,
        body=Sealed(f"the body of {name}"),
    )


def withdraw(history: EventHistory, comment: Comment, *, at: str = NOON) -> None:
    """The author withdraws a comment."""
    history.append(
        comment,
        Comment.Withdrawn,
        at=at,
        draft_id=comment.draft_id,
        group_id=comment.group_id,
        cycle_id=comment.cycle_id,
        revision=comment.revision,
        blocks=comment.blocks,
        in_reply_to=comment.in_reply_to,
        channel=comment.channel,
        attribution=comment.attribution,
        stakeholder_group=comment.stakeholder_group,
        region=comment.region,
        body=comment.body,
        reason=None,
    )
