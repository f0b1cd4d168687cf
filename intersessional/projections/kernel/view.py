"""A view: a pure fold from events to documents."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from intersessional.domain.kernel.aggregate import Aggregate
from intersessional.projections.kernel.recorded_event import RecordedEvent

D = TypeVar("D")

ANY_KIND = ""
"""The kind of the list that holds the documents of every kind."""


@dataclass(frozen=True, slots=True)
class ListKey:
    """A list of documents: those of one kind under a parent, or under none."""

    parent: UUID | None
    kind: str = ANY_KIND


@dataclass(frozen=True, slots=True)
class CountKey:
    """A count of documents: those under a parent that have a value in a dimension."""

    parent: UUID
    dimension: str
    value: str


def under(parent: UUID | None, *kinds: str) -> tuple[ListKey, ...]:
    """The list of all documents under a parent, and the lists of these kinds."""
    return tuple(ListKey(parent, kind) for kind in (ANY_KIND, *kinds))


def no_counts(_: object) -> Collection[CountKey]:
    """The ``counts`` of a view that counts nothing."""
    return ()


@dataclass(frozen=True, kw_only=True)
class View(Generic[D]):
    """A fold of events into documents of one type, one document for each key.

    ``keys`` are the keys of the documents that an event concerns. ``evolve`` folds the event in
    and never fails: it returns the document unchanged if the event does not concern it, and None
    if the document does not exist. ``lists`` and ``counts`` depend on the document alone: the
    lists that hold it, and the counts to which it adds one. A document is counted under a parent
    only where a list of that parent holds it. Change ``version`` whenever the meaning of the fold
    changes: the view is then rebuilt.
    """

    name: str
    version: int
    document: type[D]
    keys: Callable[[RecordedEvent], Collection[UUID]]
    evolve: Callable[[D | None, RecordedEvent], D | None]
    lists: Callable[[D], Collection[ListKey]]
    counts: Callable[[D], Collection[CountKey]] = no_counts
    is_queried: bool = True
    """Whether queries read it: their position waits for no view that only answers questions."""


AnyView = View[Any]


@dataclass(frozen=True, slots=True)
class StreamKeys:
    """The ``keys`` of a view with one document for each aggregate of a class."""

    aggregate: type[Aggregate]

    def __call__(self, recorded: RecordedEvent) -> Collection[UUID]:
        """The id of the aggregate that the event happened to."""
        return (recorded.stream,) if isinstance(recorded.event, self.aggregate.Event) else ()


def stream_of(aggregate: type[Aggregate]) -> StreamKeys:
    """The ``keys`` of a view with one document for each aggregate of a class."""
    return StreamKeys(aggregate)
