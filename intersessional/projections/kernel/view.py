"""A view: a pure fold from events to documents."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from intersessional.projections.kernel.recorded_event import RecordedEvent

D = TypeVar("D")


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a document is found among others: under a parent, as one of a kind."""

    parent: UUID | None = None
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class View(Generic[D]):
    """How events become documents of one type, one document to each key.

    ``key`` tells which document an event concerns, if any; ``evolve`` folds it in and never
    fails on an event that has happened: what does not concern the document returns it as it was,
    and a document whose beginning is missing stays None. A document's shelf never depends on when
    it is asked. Change ``version`` whenever the fold's meaning changes: the view is then rebuilt.
    """

    name: str
    version: int
    document: type[D]
    key: Callable[[RecordedEvent], UUID | None]
    evolve: Callable[[D | None, RecordedEvent], D | None]
    shelf: Callable[[D], Placement]


AnyView = View[Any]
