"""The law: what a reader answers is what the events make when they are folded, at any moment."""

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

STRANGER = UUID(int=404)
"""Nothing has this id."""


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Everything that can be asked of a view, and which stretch of its pages."""

    keys: tuple[UUID, ...]
    parents: tuple[UUID | None, ...]
    kinds: tuple[str | None, ...]
    first: int
    after: int

    @classmethod
    def of(cls, view: AnyView, events: Sequence[RecordedEvent], first: int, after: int) -> "Scope":
        """All keys, parents and kinds that these events give, and one of each that they do not."""
        keys = {key for recorded in events if (key := view.key(recorded)) is not None}
        shelves = [view.shelf(one.document) for one in fold.fold(view, events, _NOW).values()]
        return cls(
            keys=(*keys, STRANGER),
            parents=(*{shelf.parent for shelf in shelves} | {None}, STRANGER),
            kinds=(None, *{kind for shelf in shelves for kind in shelf.kinds}, "STRANGE"),
            first=first,
            after=after,
        )


@dataclass(frozen=True)
class Answer:
    """Everything that a view answers at one moment."""

    found: Mapping[UUID, DocumentSnapshot[Any]]
    pages: Mapping[tuple[UUID | None, str | None], DocumentPage[Any]]
    histories: Mapping[UUID, Sequence[RecordedEvent]]
    uncertain: Mapping[UUID, Sequence[RecordedEvent]]


async def asked(reader: DocumentReader, view: AnyView, moment: AsOf, scope: Scope) -> Answer:
    """What the reader answers."""
    pages: dict[tuple[UUID | None, str | None], DocumentPage[Any]] = {}
    for kind in scope.kinds:
        found = await reader.pages(
            view, scope.parents, moment, kind=kind, first=scope.first, after=scope.after
        )
        pages |= {(parent, kind): page for parent, page in found.items()}
    return Answer(
        found=await reader.get(view, scope.keys, moment),
        pages=pages,
        histories=await reader.histories(view, scope.keys, moment),
        uncertain=await reader.uncertain(view, scope.keys, moment),
    )


def folded(view: AnyView, events: Sequence[RecordedEvent], moment: AsOf, scope: Scope) -> Answer:
    """What the events make, folded one by one from the first."""
    found = fold.fold(view, events, moment)
    return Answer(
        found=found,
        pages={
            (parent, kind): fold.page(
                view, found, parent, kind=kind, first=scope.first, after=scope.after
            )
            for parent in scope.parents
            for kind in scope.kinds
        },
        histories=fold.histories(view, events, moment),
        uncertain=fold.uncertain(view, events, moment),
    )
