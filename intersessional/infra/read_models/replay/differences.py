"""Differences between a stored view and the fold of the event log."""

from dataclasses import dataclass
from enum import Enum
from uuid import UUID


class Finding(Enum):
    """The kind of a difference; its value completes a sentence that begins with a position."""

    MISSING = "the document is missing"
    UNEXPECTED = "no event of the log made this document"
    DIFFERS = "the document differs"
    NOT_LISTED = "the document is missing in its list"
    LISTED_WRONGLY = "the list holds a document that does not belong there"
    LISTED_TOO_LONG = "the list holds a document that had left it"
    MISCOUNTED = "the total is wrong"
    NOT_FOLDED = "the event can no longer be folded"
    NO_EVENT = "the view has come further than the log"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One difference, at the position of the event that left it or should have left it."""

    position: int
    key: UUID | None
    """The key of the document; None when the whole view is concerned."""
    finding: Finding
    detail: str = ""
    """The columns that differ, the list, the count, or the error of the fold."""
