"""Random histories of several items, and random views of their events."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from hypothesis import strategies as st

from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import CountKey, ListKey, View, under
from tests.infra.read_models.item_views import DOZEN, Item, ItemEvents
from tests.projections.occurred_texts import OCCURRED_TEXTS

OWNERS: tuple[UUID | None, ...] = (None, UUID(int=101), UUID(int=102))
KINDS = ("a", "b")
ANYONE = UUID(int=103)
"""A parent of every document."""
DIMENSION = "digit"


@dataclass(frozen=True)
class RandomEvent:
    """One event of a random history."""

    item: int
    amount: int
    at: str
    corrects: int | None = None
    """The number of the fact of the item that it corrects; None for a new one."""


random_events = st.builds(
    RandomEvent,
    item=st.integers(1, 8),
    amount=st.integers(0, 11),
    at=st.sampled_from(OCCURRED_TEXTS),
    corrects=st.none() | st.integers(0, 5),
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
            if one.corrects is not None and one.item in begun:
                corrected = item_events.corrected(item, one.corrects, one.amount, at=one.at)
                events.append(corrected)
                continue
            make_event = item_events.changed if one.item in begun else item_events.begun
            begun.add(one.item)
            events.append(make_event(item, one.amount, at=one.at))
        event_batches.append(events)
    return event_batches


@dataclass(frozen=True)
class TraceDocument:
    """The amounts of the events that a document was folded from, in order."""

    key: UUID
    amounts: tuple[int, ...] = ()
    digest: int = 0


@dataclass(frozen=True)
class ViewParameters:
    """What a random view makes of the amount of an event, by the numbers that divide it."""

    skips: int
    """The event does not concern the view."""
    begins: int
    """The event can begin a document."""
    ignores: int
    """The event changes nothing."""
    ends: int
    """The document goes; a later event can begin it again."""
    by_item: bool
    """Whether there is a document for each item, or a few that combine the events of many."""
    moves: bool
    """Whether documents move between lists and counts."""


class RandomFold:
    """A fold whose documents show the order in which they were folded."""

    def __init__(self, parameters: ViewParameters) -> None:
        self._parameters = parameters

    def keys(self, recorded: RecordedEvent) -> Collection[UUID]:
        """No document, that of the item, or one or two of three that combine many items."""
        # A correction leaves this part of the amount: the documents stay the same.
        number = _amount(recorded) % DOZEN
        if number % self._parameters.skips == 0:
            return ()
        if self._parameters.by_item:
            return (recorded.stream,)
        return tuple(UUID(int=1 + (number + n) % 3) for n in range(1 + number % 2))

    def evolve(self, trace: TraceDocument | None, recorded: RecordedEvent) -> TraceDocument | None:
        """Begin, go on, stay, or go, as the amount says."""
        amount = _amount(recorded)
        if trace is None:
            if amount % self._parameters.begins:
                return None
            trace = TraceDocument(recorded.stream)
        if amount % self._parameters.ends == 0:
            return None
        if amount % self._parameters.ignores == 0:
            return trace
        amounts = (*trace.amounts, amount)
        return replace(trace, amounts=amounts, digest=(trace.digest * 31 + amount) % 9973)

    def lists(self, trace: TraceDocument) -> Collection[ListKey]:
        """Lists of an owner, and one that holds every document."""
        number = self._number(trace)
        kinds = tuple(kind for n, kind in enumerate(KINDS) if number >> n & 1)
        return (*under(OWNERS[number % len(OWNERS)], *kinds), *under(ANYONE))

    def counts(self, trace: TraceDocument) -> Collection[CountKey]:
        """A count of an owner, and one of every document."""
        number = self._number(trace)
        owner = OWNERS[number % len(OWNERS)]
        counted = [CountKey(ANYONE, DIMENSION, str(number % 4))]
        return counted if owner is None else [*counted, CountKey(owner, DIMENSION, str(number % 2))]

    def _number(self, trace: TraceDocument) -> int:
        return trace.digest if self._parameters.moves else trace.key.int


def random_view(name: str, parameters: ViewParameters) -> View[TraceDocument]:
    """A view with a random fold."""
    fold = RandomFold(parameters)
    return View(
        name=name,
        version=1,
        document=TraceDocument,
        keys=fold.keys,
        evolve=fold.evolve,
        lists=fold.lists,
        counts=fold.counts,
    )


def _views(parameters: Sequence[ViewParameters]) -> list[View[TraceDocument]]:
    return [random_view(f"view_{n}", one) for n, one in enumerate(parameters)]


views = st.lists(
    st.builds(
        ViewParameters,
        skips=st.integers(4, 13),
        begins=st.integers(1, 3),
        ignores=st.integers(2, 13),
        ends=st.integers(3, 99),
        by_item=st.booleans(),
        moves=st.booleans(),
    ),
    min_size=1,
    max_size=3,
).map(_views)


def _amount(recorded: RecordedEvent) -> int:
    event = recorded.event
    return event.amount + 1 if isinstance(event, Item.Begun | Item.Changed) else 0
