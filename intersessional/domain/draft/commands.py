"""What can be asked of the record about draft outputs."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.draft.draft import OutputElement
from intersessional.domain.kernel.command import Command


@dataclass(frozen=True, kw_only=True)
class WrittenBlock:
    """A paragraph as written: with the id it has in the last revision, or new."""

    text: str
    """What it says."""
    id: str | None = None
    """The id that it has in the last revision; none for a new one."""
    element: OutputElement | None = None
    """The element of the suggested structure that it belongs to."""


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
