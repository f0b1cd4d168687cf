"""Commands about comments."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.command_handling.command import Command
from intersessional.domain.comment.attribution import Channel, OriginalSpeaker
from intersessional.domain.comment.passage import QuotedPassage


@dataclass(frozen=True, kw_only=True)
class PostComment(Command):
    """Comment on a draft, on some of its blocks, or in reply to another comment."""

    TOPIC = "comment.post"

    draft: UUID
    """The draft, by its id."""
    body: str
    """The text, in Markdown: paragraphs, lists, quotes, code, emphasis and links. At most 8,192
    bytes in UTF-8.
    """
    blocks: tuple[str, ...] = ()
    """The ids of the blocks it is about, beside those of the passages; none for the entire draft.
    """
    revision: int | None = None
    """The revision of the draft that was read; the latest by default."""
    in_reply_to: UUID | None = None
    """The comment that it replies to, by its id."""
    channel: Channel = Channel.ONLINE
    """How the comment was submitted; the Secretariat enters all that is not ONLINE."""
    attribution: OriginalSpeaker | None = None
    """The speaker and the source; required unless the channel is ONLINE."""
    language: str | None = None
    """The language of the text, as a tag of BCP 47 such as en or pt-BR."""
    passages: tuple[QuotedPassage, ...] = ()
    """The passages it is about, at most 20. Each must stand in the revision exactly as quoted."""


@dataclass(frozen=True, kw_only=True)
class WithdrawComment(Command):
    """Withdraw a comment: from then on nobody can read its text, in no past state either.

    Its author may, and the Secretariat if the comment was made elsewhere; the speaker, the source
    and the quotes cannot be read any more either. That the comment was made stays on record, with
    its author, its place and its replies; so do seals of the texts, without the texts.
    """

    TOPIC = "comment.withdraw"

    comment: UUID
    """The comment, by its id."""
    reason: str | None = None
    """The reason; at most 20,000 bytes in UTF-8."""
