"""The invariant of the read models: at any moment a reader answers what a fresh fold gives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from intersessional.projections.kernel import fold
from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.reader import DocumentPage, DocumentReader, DocumentSnapshot
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import AnyView

_NOW = AsOf(2**62)

UNKNOWN_ID = UUID(int=404)
"""The id of no document."""


@dataclass(frozen=True, kw_only=True)
class ReadScope:
    """All keys, parents and kinds of a view, and the range of its pages."""

    keys: tuple[UUID, ...]
    parents: tuple[UUID | None, ...]
    kinds: tuple[str | None, ...]
    first: int
    after: int

    @classmethod
    def covering(
        cls, view: AnyView, events: Sequence[RecordedEvent], first: int, after: int
    ) -> "ReadScope":
        """All keys, parents and kinds of these events, and an unknown one of each."""
        keys = {key for recorded in events if (key := view.key(recorded)) is not None}
        shelves = [view.placement(one.document) for one in fold.fold(view, events, _NOW).values()]
        return cls(
            keys=(*keys, UNKNOWN_ID),
            parents=(*{placement.parent for placement in shelves} | {None}, UNKNOWN_ID),
            kinds=(None, *{kind for placement in shelves for kind in placement.kinds}, "STRANGE"),
            first=first,
            after=after,
        )


@dataclass(frozen=True)
class ViewAnswer:
    """The answers of all reads of a view at one moment."""

    found: Mapping[UUID, DocumentSnapshot[Any]]
    pages: Mapping[tuple[UUID | None, str | None], DocumentPage[Any]]
    histories: Mapping[UUID, Sequence[RecordedEvent]]
    uncertain: Mapping[UUID, Sequence[RecordedEvent]]


async def read_answer(
    reader: DocumentReader, view: AnyView, as_of: AsOf, scope: ReadScope
) -> ViewAnswer:
    """The answers of the reader."""
    pages: dict[tuple[UUID | None, str | None], DocumentPage[Any]] = {}
    for kind in scope.kinds:
        found = await reader.pages(
            view, scope.parents, as_of, kind=kind, first=scope.first, after=scope.after
        )
        pages |= {(parent, kind): page for parent, page in found.items()}
    return ViewAnswer(
        found=await reader.get(view, scope.keys, as_of),
        pages=pages,
        histories=await reader.histories(view, scope.keys, as_of),
        uncertain=await reader.uncertain(view, scope.keys, as_of),
    )


def folded_answer(
    view: AnyView, events: Sequence[RecordedEvent], as_of: AsOf, scope: ReadScope
) -> ViewAnswer:
    """The answers of a fold from the first event on."""
    found = fold.fold(view, events, as_of)
    return ViewAnswer(
        found=found,
        pages={
            (parent, kind): fold.page(
                view, found, parent, kind=kind, first=scope.first, after=scope.after
            )
            for parent in scope.parents
            for kind in scope.kinds
        },
        histories=fold.histories(view, events, as_of),
        uncertain=fold.uncertain(view, events, as_of),
    )
