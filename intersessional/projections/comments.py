"""The view of comment threads."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from uuid import UUID

from intersessional.domain.comment.attribution import Attribution, Channel
from intersessional.domain.comment.comment import Comment
from intersessional.domain.comment.passage import Passage
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.occurred import Occurred, Precision
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.participant.region import Region
from intersessional.domain.participant.stakeholder_group import StakeholderGroup
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import CountKey, ListKey, View, stream_of


class CommentState(Enum):
    """The state of a comment (DOMAIN A3)."""

    POSTED = "POSTED"
    """It stands."""
    WITHDRAWN = "WITHDRAWN"
    """It was taken back."""


class CommentDimension(Enum):
    """What comments are counted by; one that was withdrawn is not counted."""

    STAKEHOLDER_GROUP = "STAKEHOLDER_GROUP"
    """The stakeholder group that the comment came from."""
    REGION = "REGION"
    """The regional group that the comment came from."""
    CHANNEL = "CHANNEL"
    """How the comment was submitted."""
    DAY = "DAY"
    """The day on which the comment was made, in UTC, or the month or year where no day is known."""


@dataclass(frozen=True)
class CommentDocument:
    """A comment on a draft, or a reply to a comment."""

    act: Act
    draft_id: UUID
    group_id: UUID
    revision: int
    blocks: tuple[str, ...]
    in_reply_to: UUID | None
    channel: Channel
    attribution: Attribution | None
    stakeholder_group: StakeholderGroup | None
    region: Region | None
    body: Sealed
    posted_at: datetime
    language: str | None = None
    passages: tuple[Passage, ...] = ()
    withdrawn: bool = False

    @property
    def state(self) -> CommentState:
        """The state of the comment."""
        return CommentState.WITHDRAWN if self.withdrawn else CommentState.POSTED


THREADS = "THREADS"
"""The kind of comments that are not replies."""
ENTIRE_DRAFT = ""
"""Stands for the block of a comment that is about the entire draft."""


def threads_kind(block: str | None, state: CommentState | None) -> str:
    """The kind of the comments that are not replies: those on a block, those in a state."""
    kind = THREADS if state is None else f"{THREADS} {state.value}"
    return kind if block is None else f"{kind} ON {block}"


def lists_of_author(sealed: Sealed, states: Iterable[CommentState]) -> Iterable[ListKey]:
    """The lists of the one comment whose author's id this commitment holds, by its state.

    A list for each comment: nothing but the openings connects a person's comments, so that an
    erasure disconnects them, in past states too (ADR 0047).
    """
    if sealed.sealed is None:
        return ()
    parent = UUID(hex=sealed.sealed[:32])
    return [ListKey(parent, state.value) for state in states]


def _evolve(comment: CommentDocument | None, recorded: RecordedEvent) -> CommentDocument | None:
    match recorded.event:
        case Comment.Posted() as event:
            return CommentDocument(
                act=event.act,
                draft_id=event.draft_id,
                group_id=event.group_id,
                revision=event.revision,
                blocks=event.blocks,
                in_reply_to=event.in_reply_to,
                channel=event.channel,
                attribution=event.attribution,
                stakeholder_group=event.stakeholder_group,
                region=event.region,
                body=event.body,
                posted_at=recorded.recorded_at,
                language=event.language,
                passages=event.passages,
            )
        case Comment.Withdrawn() if comment is not None:
            return replace(comment, withdrawn=True)
        case _:
            return comment


def _lists(comment: CommentDocument) -> Collection[ListKey]:
    """Comments of a draft, of a group and of a person; then replies, or the draft's threads."""
    draft = comment.draft_id
    lists = {ListKey(draft), ListKey(comment.group_id)}
    author = comment.act.actor.person
    if isinstance(author, Sealed):
        lists.update(lists_of_author(author, (comment.state,)))
    if comment.in_reply_to is not None:
        lists.add(ListKey(comment.in_reply_to))
        return lists
    for block in (None, *(comment.blocks or (ENTIRE_DRAFT,))):
        lists.add(ListKey(draft, threads_kind(block, None)))
        lists.add(ListKey(draft, threads_kind(block, comment.state)))
    return lists


def _counts(comment: CommentDocument) -> Collection[CountKey]:
    if comment.withdrawn:
        return ()
    group, region = comment.stakeholder_group, comment.region
    values = {
        CommentDimension.STAKEHOLDER_GROUP: "" if group is None else group.value,
        CommentDimension.REGION: "" if region is None else region.value,
        CommentDimension.CHANNEL: comment.channel.value,
        CommentDimension.DAY: _day(comment.act.occurred),
    }
    return [
        CountKey(parent, dimension.value, value)
        for parent in (comment.draft_id, comment.group_id)
        for dimension, value in values.items()
    ]


def _day(occurred: Occurred) -> str:
    instant = occurred.precision is Precision.INSTANT
    return occurred.begins.date().isoformat() if instant else occurred.at


COMMENTS = View(
    name="comments",
    version=6,
    document=CommentDocument,
    keys=stream_of(Comment),
    evolve=_evolve,
    lists=_lists,
    counts=_counts,
)
