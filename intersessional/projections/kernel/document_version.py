"""One version of a document."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from intersessional.projections.kernel.placement import NO_CHANGE, Placement, PlacementChange

D = TypeVar("D")


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentVersion(Generic[D]):
    """A document after the events up to ``position``: one row of the table ``documents``.

    Every event that concerns the document leaves a row, also while there is no document.
    """

    key: UUID
    position: int
    created_at_position: int | None
    """The position of the first recorded event that can begin the document."""
    begins: datetime
    """The first instant at which the event may have happened."""
    ends: datetime
    """The instant by which the event had certainly happened."""
    begun_by: datetime | None
    """The instant from which on the document has certainly begun."""
    placed_by: datetime | None
    """The instant from which on its lists and counts are those of this version."""
    settled_by: datetime
    """The instant from which on all events of the document so far have certainly happened."""
    latest_begins: datetime
    """The first instant at which the last event in order of effect may have happened."""
    document: D | None
    encoded: bytes | None
    placement: Placement
    change: PlacementChange = NO_CHANGE
    """What the event changed; NO_CHANGE for a version that was read from its row."""


AnyDocumentVersion = DocumentVersion[Any]
