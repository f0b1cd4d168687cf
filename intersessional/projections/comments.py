"""The view of comment threads."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from intersessional.domain.comment.attribution import Attribution, Channel
from intersessional.domain.comment.comment import Comment
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.participant.participant import Region, StakeholderGroup
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import View, stream_of, under


@dataclass(frozen=True)
class CommentDocument:
    """A comment on a draft, or a reply to a comment, its parent in lists."""

    act: Act
    draft_id: UUID
    revision: int
    blocks: tuple[str, ...]
    in_reply_to: UUID | None
    channel: Channel
    attribution: Attribution | None
    stakeholder_group: StakeholderGroup | None
    region: Region | None
    body: Sealed
    posted_at: datetime
    withdrawn: bool = False


def _evolve(comment: CommentDocument | None, recorded: RecordedEvent) -> CommentDocument | None:
    match recorded.event:
        case Comment.Posted() as event:
            return CommentDocument(
                act=event.act,
                draft_id=event.draft_id,
                revision=event.revision,
                blocks=event.blocks,
                in_reply_to=event.in_reply_to,
                channel=event.channel,
                attribution=event.attribution,
                stakeholder_group=event.stakeholder_group,
                region=event.region,
                body=event.body,
                posted_at=recorded.recorded_at,
            )
        case Comment.Withdrawn() if comment is not None:
            return replace(comment, withdrawn=True)
        case _:
            return comment


COMMENTS = View(
    name="comments",
    version=1,
    document=CommentDocument,
    keys=stream_of(Comment),
    evolve=_evolve,
    lists=lambda comment: under(comment.in_reply_to or comment.draft_id),
)
