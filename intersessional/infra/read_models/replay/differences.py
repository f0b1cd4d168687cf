"""Where what is stored of a view is not what the record makes of it."""

from dataclasses import dataclass
from enum import Enum
from uuid import UUID


class Finding(Enum):
    """What is wrong, in words to follow a position."""

    MISSING = "the document is missing"
    TOO_MANY = "the record knows no such document"
    OTHER = "the document is another"
    NOT_LISTED = "the document is missing on its shelf"
    LISTED_WRONGLY = "a shelf lists what does not stand on it"
    MISCOUNTED = "the shelf counts wrongly"
    NOT_FOLDED = "the event can no longer be folded"
    NO_EVENT = "the view has come further than the log"


OF_DOCUMENTS = frozenset({Finding.MISSING, Finding.TOO_MANY, Finding.OTHER})
"""What is wrong with a document and not only with where it is listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that is wrong, at the position of the event that left it or should have."""

    position: int
    key: UUID | None
    """The document's; None where the fault is the whole view's."""
    finding: Finding
    detail: str = ""
    """Which columns differ, which shelf it is, or why an event is not folded."""
