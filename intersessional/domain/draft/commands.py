"""Commands about draft outputs."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.command_handling.command import Command
from intersessional.domain.draft.block import WrittenBlock


@dataclass(frozen=True, kw_only=True)
class PublishDraft(Command):
    """Publish the first revision of a group's draft output."""

    TOPIC = "draft.publish"

    group: UUID
    """The group, by its id."""
    title: str
    """The title of the draft; at most 300 bytes in UTF-8."""
    blocks: tuple[WrittenBlock, ...]
    """The blocks, in order: at most 1,000, and 500,000 characters together."""
    label: str | None = None
    """What the revision is called, such as "Draft I". At most 300 bytes in UTF-8."""
    language: str | None = None
    """The language of the text, as a tag of BCP 47 such as en or pt-BR."""


@dataclass(frozen=True, kw_only=True)
class ReviseDraft(Command):
    """Publish a new revision of a draft; a block that was only reworded keeps its id."""

    TOPIC = "draft.revise"

    draft: UUID
    """The draft, by its id."""
    blocks: tuple[WrittenBlock, ...]
    """All blocks of the new revision, in order: at most 1,000, and 500,000 characters together.
    What did not change is not recorded again.
    """
    label: str | None = None
    """What the revision is called, such as "Draft II". At most 300 bytes in UTF-8."""
    language: str | None = None
    """The language of the text, as a tag of BCP 47; that of the last revision by default."""
