"""Protocols for reading documents and events as of a state."""

from collections.abc import (
    Awaitable,
    Callable,
    Collection,
    Mapping,
    Sequence,
)
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from intersessional.domain.kernel.sealed import Sealed
from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.epochs import Epochs
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.text_absence import TextAbsence
from intersessional.projections.kernel.view import AnyView, ListKey, View

D = TypeVar("D")
R = TypeVar("R")


@dataclass(frozen=True, slots=True, order=True)
class Cursor:
    """The place of a document in its lists, the same in each of them and in every state."""

    created_at_position: int
    key: UUID

    def is_between(self, after: "Cursor | None", before: "Cursor | None") -> bool:
        """Whether it lies after one cursor and before another; None is no bound."""
        return (after is None or self > after) and (before is None or self < before)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSnapshot(Generic[D]):
    """A document as of a state.

    Lists are in the order of ``created_at_position``, then of ``key``.
    """

    key: UUID
    created_at_position: int
    position: int
    document: D

    @property
    def cursor(self) -> Cursor:
        """The cursor of this document in every list."""
        return Cursor(self.created_at_position, self.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPage(Generic[D]):
    """Some of a list's documents in their order; ``total`` counts all of them."""

    items: Sequence[DocumentSnapshot[D]]
    total: int
    has_next: bool
    """Whether there are more, in the direction that was read in."""


@dataclass(frozen=True, slots=True)
class EventPositions:
    """The positions of some events, of which there are no others up to ``until``."""

    positions: Sequence[int]
    until: int


@dataclass(frozen=True, slots=True)
class ListUnion:
    """The documents that at least one of some lists holds, and another list too, where given."""

    lists: frozenset[ListKey]
    within: ListKey | None = None

    def holds(self, lists: Collection[ListKey]) -> bool:
        """Whether it holds a document that these lists hold."""
        inside = self.within is None or self.within in lists
        return inside and not self.lists.isdisjoint(lists)


Compute = Callable[..., Awaitable[Any]]
"""What a function returns for these arguments, computed when its turn comes."""


async def compute_at_once(function: Callable[..., R], *arguments: Any) -> R:
    """What a function returns, computed now."""
    return function(*arguments)


SpendRows = Callable[[int], None]
"""Told of rows that were gone through in the database; raises where an answer may cost no more."""


def rows_are_free(_rows: int) -> None:
    """What the server reads by itself is paid for by nobody."""


class DocumentReader(Protocol):
    """Reads many documents at once, with a bounded number of statements a call."""

    def batched(
        self, compute: Compute = compute_at_once, spend_rows: SpendRows = rows_are_free
    ) -> "DocumentReader":
        """A reader for one request: calls that it makes at once share their statements.

        ``compute`` decodes what is large or many, and folds; ``spend_rows`` is told of the rows
        that are gone through as of an instant.
        """
        ...

    async def position(self) -> int:
        """The position that every view has reached, where queries read by default."""
        ...

    async def wait_until_reached(self, position: int) -> None:
        """Wait until every view has reached a position. Raises ViewUnavailable if none will."""
        ...

    async def position_at(self, instant: datetime) -> int:
        """The last position that was recorded by an instant."""
        ...

    async def get(
        self, view: View[D], keys: Collection[UUID], as_of: AsOf
    ) -> Mapping[UUID, DocumentSnapshot[D]]:
        """The documents with these keys; those that did not exist yet are left out."""
        ...

    async def pages(
        self,
        view: View[D],
        lists: Collection[ListKey],
        as_of: AsOf,
        *,
        first: int,
        after: Cursor | None = None,
        before: Cursor | None = None,
        backward: bool = False,
    ) -> Mapping[ListKey, DocumentPage[D]]:
        """Of each list the first ``first`` documents between two cursors.

        They are the last ones where ``backward``, in the order of the list too.
        """
        ...

    async def union_pages(
        self,
        view: View[D],
        unions: Collection[ListUnion],
        as_of: AsOf,
        *,
        first: int,
        after: Cursor | None = None,
        before: Cursor | None = None,
        backward: bool = False,
    ) -> Mapping[ListUnion, DocumentPage[D]]:
        """Of each union of lists a page, as of each list; all have the same ``within``."""
        ...

    async def totals(
        self, view: AnyView, lists: Collection[ListKey], as_of: AsOf
    ) -> Mapping[ListKey, int]:
        """How many documents each list holds, without reading them."""
        ...

    async def counts(
        self, view: AnyView, parents: Collection[UUID], dimension: str, as_of: AsOf
    ) -> Mapping[UUID, Mapping[str, int]]:
        """The number of documents under each parent by their values in a dimension; no zeros."""
        ...

    async def event_positions(
        self, view: AnyView, of: UUID | ListKey, *, after: int, until: int, limit: int
    ) -> EventPositions:
        """Where between two positions something happened to a document, or to those of a list.

        They may be positions too many where a document is not always in the list.
        """
        ...

    async def history_positions(
        self, view: AnyView, keys: Collection[UUID], as_of: AsOf, *, certain: bool
    ) -> Mapping[UUID, Sequence[int]]:
        """The positions of the events of each document, in order.

        ``certain`` are the events that made it; the others those whose period was still running
        at ``as_of.occurred``.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadableState:
    """The state that a query without a position reads."""

    position: int
    """The position that every running view has reached; 0 before all views are built."""
    view_versions: frozenset[int]
    """The ids of the view versions that are read: another version may show another document."""


class EventReader(Protocol):
    """Reads the log itself: the audit trail."""

    def of_request(self, compute: Compute) -> "EventReader":
        """A reader for one request; ``compute`` decodes what is large, once."""
        ...

    async def read(
        self,
        *,
        after: int,
        first: int,
        until: int,
        streams: Collection[UUID] | None = None,
        backward: bool = False,
    ) -> Sequence[RecordedEvent]:
        """The first events between two positions, or the last where ``backward``, in order.

        Only those of some streams when given.
        """
        ...

    async def head(self) -> int:
        """The last position of the record."""
        ...

    async def epochs(self) -> Epochs:
        """The epochs of the record."""
        ...

    async def count(self, streams: Collection[UUID], until: int, after: int = 0) -> int:
        """How many events these streams had between two positions."""
        ...

    async def by_version(
        self, places: Collection[tuple[UUID, int]], until: int
    ) -> Mapping[tuple[UUID, int], RecordedEvent]:
        """The events of these streams and versions; one recorded after ``until`` is left out."""
        ...

    async def positions_at(self, instants: Sequence[datetime]) -> Sequence[int]:
        """The last position that was recorded by each of these instants; 0 before the first."""
        ...

    async def corrections(self, streams: Collection[UUID], until: int) -> Sequence[RecordedEvent]:
        """The corrections in these streams, up to a position, in order of position."""
        ...

    async def by_position(self, positions: Collection[int]) -> Mapping[int, RecordedEvent]:
        """The events at these positions."""
        ...

    async def reveal(self, sealed: Collection[Sealed]) -> Mapping[Sealed, str | TextAbsence]:
        """The texts of these commitments, or why they cannot be read."""
        ...

    async def commitments_of(
        self, persons: Collection[UUID], until: int
    ) -> Mapping[UUID, Sequence[Sealed]]:
        """The commitments to each person's id, sealed up to a position.

        There are none to an id that was erased, in no past state either.
        """
        ...
