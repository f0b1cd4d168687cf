"""What can be asked of the record about comments."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.command import Command
from intersessional.domain.comment.comment import Channel


@dataclass(frozen=True, kw_only=True)
class PostComment(Command):
    """Comment on a draft: as a whole, on some of its blocks, or in reply to another comment."""

    draft: UUID
    """The draft, by its id."""
    body: str
    """What is said, in at most 8 kB."""
    blocks: tuple[str, ...] = ()
    """The ids of the blocks it is about; none for the draft as a whole."""
    in_reply_to: UUID | None = None
    """The comment that it replies to, by its id."""
    channel: Channel = Channel.ONLINE
    """How it came: what did not come online is recorded by the Secretariat."""


@dataclass(frozen=True, kw_only=True)
class WithdrawComment(Command):
    """Take a comment back."""

    comment: UUID
    """The comment, by its id."""
    reason: str | None = None
    """Why, if its author wants to tell."""
