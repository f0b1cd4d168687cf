"""One version of a document, and the fold that makes it from an event."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from intersessional.projections.kernel.document_codec import DocumentCodec
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import ListKey, View

D = TypeVar("D")

NO_PARENT = UUID(int=0)
"""The stored parent of a document that has no parent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentVersion(Generic[D]):
    """A document after the event at ``position``: one row of the table ``documents``."""

    key: UUID
    position: int
    created_at_position: int
    """The position of the event that began the document."""
    begins: datetime
    """The first instant at which the event may have happened."""
    ends: datetime
    """The instant by which the event had certainly happened."""
    begun_by: datetime
    """The instant from which on the document certainly exists."""
    settled_by: datetime
    """The instant from which on all events of the document so far have certainly happened."""
    lists: frozenset[ListKey]
    document: D
    encoded: bytes


AnyDocumentVersion = DocumentVersion[Any]


class ViewFold(Generic[D]):
    """Folds events into the documents of one view, and checks the rules that a view must keep."""

    def __init__(self, view: View[D]) -> None:
        """Raises TypeError when the view's documents could not be read back."""
        self.view = view
        self._codec = DocumentCodec(view.document)

    def apply(
        self, before: DocumentVersion[D] | None, key: UUID, recorded: RecordedEvent
    ) -> DocumentVersion[D] | None:
        """The document after an event; None when no event has begun it.

        Raises ValueError when a document disappears or moves to other lists: a read as of an
        earlier position would find it where it was not at that time.
        """
        document = self.view.evolve(None if before is None else before.document, recorded)
        if document is None:
            if before is not None:
                raise ValueError(f"the document {key} disappeared")
            return None
        occurred = recorded.occurred
        begins, ends = occurred.begins, occurred.ends
        lists = _checked(self.view.lists(document))
        if before is None:
            created_at_position, begun_by, settled_by = recorded.position, ends, ends
        else:
            if lists != before.lists:
                raise ValueError(f"the document {key} moved to other lists")
            created_at_position, begun_by = before.created_at_position, before.begun_by
            if ends < begun_by and self.view.evolve(None, recorded) is not None:
                begun_by = ends
            settled_by = max(ends, before.settled_by)
        return DocumentVersion(
            key=key,
            position=recorded.position,
            created_at_position=created_at_position,
            begins=begins,
            ends=ends,
            begun_by=begun_by,
            settled_by=settled_by,
            lists=lists,
            document=document,
            encoded=self._codec.encode(document),
        )

    def restore(self, row: Any) -> DocumentVersion[D]:
        """The version that a row of ``documents`` holds.

        Raises msgspec.ValidationError when its document was written with another type.
        """
        document = self._codec.decode(row["document"])
        return DocumentVersion(
            key=row["key"],
            position=row["position"],
            created_at_position=row["born"],
            begins=row["begins"],
            ends=row["ends"],
            begun_by=row["begun_by"],
            settled_by=row["settled_by"],
            lists=frozenset(self.view.lists(document)),
            document=document,
            encoded=row["document"],
        )


def _checked(lists: Collection[ListKey]) -> frozenset[ListKey]:
    if len({*lists}) < len(lists):
        raise ValueError(f"{lists} names a list twice")
    for one in lists:
        if one.parent == NO_PARENT or not one.kind.isprintable():
            raise ValueError(f"{one} has an empty parent or a kind with unprintable characters")
    return frozenset(lists)
