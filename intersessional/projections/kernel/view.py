"""A view: a pure fold from events to documents."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from intersessional.domain.kernel.aggregate import Aggregate
from intersessional.projections.kernel.recorded_event import RecordedEvent

D = TypeVar("D")


@dataclass(frozen=True, slots=True)
class Placement:
    """The lists that hold a document: those of its parent, in total and for each kind."""

    parent: UUID | None = None
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class View(Generic[D]):
    """A fold of events into documents of one type, one document for each key.

    ``key`` is the key of the document that an event concerns, if any. ``evolve`` folds the event
    in and never fails: it returns the document unchanged if the event does not concern it, and
    None if the document does not exist yet. ``placement`` depends on the document alone. Change
    ``version`` whenever the meaning of the fold changes: the view is then rebuilt.
    """

    name: str
    version: int
    document: type[D]
    key: Callable[[RecordedEvent], UUID | None]
    evolve: Callable[[D | None, RecordedEvent], D | None]
    placement: Callable[[D], Placement]


AnyView = View[Any]


def stream_of(aggregate: type[Aggregate]) -> Callable[[RecordedEvent], UUID | None]:
    """The ``key`` of a view with one document for each aggregate of a class."""

    def key(recorded: RecordedEvent) -> UUID | None:
        return recorded.stream if isinstance(recorded.event, aggregate.Event) else None

    return key
