"""What can be asked of the record about comments."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.comment.attribution import Channel, SaidElsewhere
from intersessional.domain.kernel.command import Command


@dataclass(frozen=True, kw_only=True)
class PostComment(Command):
    """Comment on a draft: as a whole, on some of its blocks, or in reply to another comment."""

    TOPIC = "comment.post"

    draft: UUID
    """The draft, by its id."""
    body: str
    """What is said, in at most 8 kB."""
    blocks: tuple[str, ...] = ()
    """The ids of the blocks it is about; none for the draft as a whole."""
    revision: int | None = None
    """The revision of the draft that was read; the latest unless told otherwise."""
    in_reply_to: UUID | None = None
    """The comment that it replies to, by its id."""
    channel: Channel = Channel.ONLINE
    """How it came: what did not come online is recorded by the Secretariat."""
    attribution: SaidElsewhere | None = None
    """Who said it and where, when it did not come online."""


@dataclass(frozen=True, kw_only=True)
class WithdrawComment(Command):
    """Take a comment back."""

    TOPIC = "comment.withdraw"

    comment: UUID
    """The comment, by its id."""
    reason: str | None = None
    """Why, if its author wants to tell."""
