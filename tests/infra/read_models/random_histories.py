"""Random histories of several items, and random views of their events."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from hypothesis import strategies as st

from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import ListKey, View, under
from tests.infra.read_models.item_views import Item, ItemEvents
from tests.projections.occurred_texts import OCCURRED_TEXTS

OWNERS: tuple[UUID | None, ...] = (None, UUID(int=101), UUID(int=102))
KINDS = ("a", "b")


@dataclass(frozen=True)
class RandomEvent:
    """One event of a random history."""

    item: int
    amount: int
    at: str


random_events = st.builds(
    RandomEvent,
    item=st.integers(1, 8),
    amount=st.integers(0, 11),
    at=st.sampled_from(OCCURRED_TEXTS),
)
histories = st.lists(st.lists(random_events, min_size=1, max_size=4), min_size=4, max_size=7)
"""Appends, each of some events."""


def domain_events(history: Sequence[Sequence[RandomEvent]]) -> list[list[DomainEvent]]:
    """The events of a history: the first of each item begins it."""
    item_events, begun = ItemEvents(), set[int]()
    event_batches: list[list[DomainEvent]] = []
    for append in history:
        events: list[DomainEvent] = []
        for one in append:
            item = UUID(int=one.item)
            make_event = item_events.changed if one.item in begun else item_events.begun
            begun.add(one.item)
            events.append(make_event(item, one.amount, at=one.at))
        event_batches.append(events)
    return event_batches


@dataclass(frozen=True)
class TraceDocument:
    """The positions of the events that a document was folded from, in order."""

    key: UUID
    positions: tuple[int, ...] = ()
    digest: int = 0


def random_view(
    name: str, of: int, begins: int, ignores: int, by_item: bool
) -> View[TraceDocument]:
    """A view of one document for each item, or of a few that combine the events of many items.

    Events whose amount is divisible by ``of`` do not concern it; one divisible by ``begins`` begins
    a document, one divisible by ``ignores`` does not change it.
    """

    def keys(recorded: RecordedEvent) -> Collection[UUID]:
        amount = _amount(recorded)
        if amount % of == 0:
            return ()
        return (recorded.stream if by_item else UUID(int=1 + amount % 3),)

    def evolve(trace: TraceDocument | None, recorded: RecordedEvent) -> TraceDocument | None:
        amount, its_keys = _amount(recorded), keys(recorded)
        if trace is None:
            if not its_keys or amount % begins:
                return None
            [its_key] = its_keys
            trace = TraceDocument(its_key)
        if amount % ignores == 0:
            return trace
        positions = (*trace.positions, recorded.position)
        return replace(trace, positions=positions, digest=(trace.digest * 31 + amount) % 9973)

    def lists(trace: TraceDocument) -> Collection[ListKey]:
        number = trace.key.int
        kinds = tuple(kind for n, kind in enumerate(KINDS) if number >> n & 1)
        return under(OWNERS[number % len(OWNERS)], *kinds)

    return View(name=name, version=1, document=TraceDocument, keys=keys, evolve=evolve, lists=lists)


def _views(parameters: Sequence[tuple[int, int, int, bool]]) -> list[View[TraceDocument]]:
    return [random_view(f"view_{n}", *parameter) for n, parameter in enumerate(parameters)]


views = st.lists(
    st.tuples(st.integers(4, 13), st.integers(1, 3), st.integers(2, 13), st.booleans()),
    min_size=1,
    max_size=3,
).map(_views)


def _amount(recorded: RecordedEvent) -> int:
    event = recorded.event
    return event.amount + 1 if isinstance(event, Item.Begun | Item.Changed) else 0
