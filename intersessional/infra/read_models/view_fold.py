"""A document as one event left it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from intersessional.infra.read_models.document_codec import DocumentCodec
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import Placement, View

D = TypeVar("D")

NO_PARENT = UUID(int=0)
"""How the tables name the shelf of documents that stand under nothing."""

ANY_KIND = ""
"""How the tables name the shelf of documents of every kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentVersion(Generic[D]):
    """A document after the event at ``position``: what one row of ``documents`` says."""

    key: UUID
    position: int
    born: int
    begins: datetime
    ends: datetime
    begun_by: datetime
    """From when on it certainly exists, for someone who asks what had happened by then."""
    settled_by: datetime
    """From when on all its events so far have certainly happened."""
    shelf: Placement
    document: D
    encoded: bytes


AnyDocumentVersion = DocumentVersion[Any]


class ViewFold(Generic[D]):
    """Folds events into the documents of one view, and holds the view to its word."""

    def __init__(self, view: View[D]) -> None:
        """Raises TypeError when the view's documents could not be read back."""
        self.view = view
        self._shape = DocumentCodec(view.document)

    def step(
        self, before: DocumentVersion[D] | None, key: UUID, recorded: RecordedEvent
    ) -> DocumentVersion[D] | None:
        """The document after an event; None when it has not begun.

        Raises ValueError when a document goes away or moves to another shelf: whoever reads it
        later, as of an earlier position, would find it where it was not.
        """
        document = self.view.evolve(None if before is None else before.document, recorded)
        if document is None:
            if before is not None:
                raise ValueError(f"the document {key} went away")
            return None
        occurred = recorded.occurred
        begins, ends = occurred.begins, occurred.ends
        shelf = self.view.shelf(document)
        if before is None:
            born, begun_by, settled_by = recorded.position, ends, ends
            _check(shelf)
        else:
            if shelf != before.shelf:
                raise ValueError(f"the document {key} moved to another shelf")
            born, begun_by = before.born, before.begun_by
            if ends < begun_by and self.view.evolve(None, recorded) is not None:
                begun_by = ends
            settled_by = max(ends, before.settled_by)
        return DocumentVersion(
            key=key,
            position=recorded.position,
            born=born,
            begins=begins,
            ends=ends,
            begun_by=begun_by,
            settled_by=settled_by,
            shelf=shelf,
            document=document,
            encoded=self._shape.encode(document),
        )

    def restore(self, row: Any) -> DocumentVersion[D]:
        """What a row of ``documents`` holds. Raises when its document has another shape."""
        document = self._shape.decode(row["document"])
        return DocumentVersion(
            key=row["key"],
            position=row["position"],
            born=row["born"],
            begins=row["begins"],
            ends=row["ends"],
            begun_by=row["begun_by"],
            settled_by=row["settled_by"],
            shelf=self.view.shelf(document),
            document=document,
            encoded=row["document"],
        )


def entries(shelf: Placement) -> list[tuple[UUID, str]]:
    """The parent and the kind of each entry by which the tables list a document on its shelf."""
    return [(shelf.parent or NO_PARENT, kind) for kind in (ANY_KIND, *shelf.kinds)]


def _check(shelf: Placement) -> None:
    kinds = [kind for _, kind in entries(shelf)]
    if shelf.parent == NO_PARENT or len({*kinds}) < len(kinds):
        raise ValueError(f"{shelf} has an empty name or names a kind twice")
    if not all(kind.isprintable() for kind in kinds):
        raise ValueError(f"{shelf} has a kind that cannot be asked for")
