"""What can be asked of the record about draft outputs."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.command import Command
from intersessional.domain.draft.draft import OutputElement


@dataclass(frozen=True, kw_only=True)
class WrittenBlock:
    """A paragraph as written: with the id it has in the last revision, or new."""

    text: str
    id: str | None = None
    element: OutputElement | None = None


@dataclass(frozen=True, kw_only=True)
class PublishDraft(Command):
    """Publish the first revision of a group's draft output."""

    group: UUID
    title: str
    blocks: tuple[WrittenBlock, ...]


@dataclass(frozen=True, kw_only=True)
class ReviseDraft(Command):
    """Publish a further revision; a block keeps its id where it keeps its place in the argument."""

    draft: UUID
    blocks: tuple[WrittenBlock, ...]
