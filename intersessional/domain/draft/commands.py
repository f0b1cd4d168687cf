"""Commands about draft outputs."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.draft.block import WrittenBlock
from intersessional.domain.kernel.command import Command


@dataclass(frozen=True, kw_only=True)
class PublishDraft(Command):
    """Publish the first revision of a group's draft output."""

    TOPIC = "draft.publish"

    group: UUID
    """The group, by its id."""
    title: str
    """What the draft is called."""
    blocks: tuple[WrittenBlock, ...]
    """Its paragraphs, in order."""


@dataclass(frozen=True, kw_only=True)
class ReviseDraft(Command):
    """Publish a further revision; a block keeps its id where it keeps its place in the argument."""

    TOPIC = "draft.revise"

    draft: UUID
    """The draft, by its id."""
    blocks: tuple[WrittenBlock, ...]
    """All its paragraphs as they are from now on, in order."""
