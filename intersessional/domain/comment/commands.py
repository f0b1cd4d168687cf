"""What can be asked of the record about comments."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.command import Command
from intersessional.domain.comment.comment import Channel


@dataclass(frozen=True, kw_only=True)
class PostComment(Command):
    """Comment on a draft: as a whole, on some of its blocks, or in reply to another comment."""

    draft: UUID
    body: str
    blocks: tuple[str, ...] = ()
    in_reply_to: UUID | None = None
    channel: Channel = Channel.ONLINE


@dataclass(frozen=True, kw_only=True)
class WithdrawComment(Command):
    """Take a comment back."""

    comment: UUID
    reason: str | None = None
