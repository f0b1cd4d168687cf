"""Revisions of drafts that let windows open."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.kernel.occurred import Occurred


@dataclass(frozen=True)
class PublishedRevision:
    """A revision of a draft, and when its group published it."""

    draft_id: UUID
    revision: int
    published: Occurred

    def precedes(self, other: "PublishedRevision") -> bool:
        """Whether it comes first in order of effect, and by its ids where that is the same."""
        return (self.published.effect, self.draft_id, self.revision) < (
            other.published.effect,
            other.draft_id,
            other.revision,
        )
