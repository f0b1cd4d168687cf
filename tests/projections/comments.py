"""Comments in a tale."""

from uuid import UUID

from intersessional.domain.comment.attribution import Attribution, Channel
from intersessional.domain.comment.comment import Comment
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.participant.participant import Region, StakeholderGroup
from tests.projections.tale import NOON, Tale, id_of

DRAFT = id_of("draft")
SAID_BY = Attribution(Sealed("Ada"), Sealed("the session's transcript"))


def post(
    tale: Tale,
    what: str,
    *,
    at: str = NOON,
    draft: UUID = DRAFT,
    in_reply_to: UUID | None = None,
) -> Comment:
    """Someone said something about a block of a draft, in a session."""
    return tale.begin(
        Comment,
        Comment.Posted,
        id_of(what),
        at=at,
        draft_id=draft,
        group_id=id_of("group"),
        revision=1,
        blocks=("b1",),
        in_reply_to=in_reply_to,
        channel=Channel.IN_SESSION,
        attribution=SAID_BY,
        stakeholder_group=StakeholderGroup.CIVIL_SOCIETY,
        region=Region.AFRICAN,
        body=Sealed(f"the body of {what}"),
    )
