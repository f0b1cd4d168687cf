"""Random histories of several things, and random views of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from hypothesis import strategies as st

from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import Placement, View
from tests.infra.read_models.things import Story, Thing
from tests.projections.whens import WHENS

OWNERS: tuple[UUID | None, ...] = (None, UUID(int=101), UUID(int=102))
KINDS = ("a", "b")


@dataclass(frozen=True)
class Happened:
    """One event of a random history."""

    thing: int
    amount: int
    at: str


happenings = st.builds(
    Happened, thing=st.integers(1, 8), amount=st.integers(0, 11), at=st.sampled_from(WHENS)
)
histories = st.lists(st.lists(happenings, min_size=1, max_size=4), min_size=4, max_size=7)
"""Appends, each of some events."""


def tell(history: Sequence[Sequence[Happened]]) -> list[list[DomainEvent]]:
    """The events of a history: the first of each thing begins it."""
    story, begun = Story(), set[int]()
    told: list[list[DomainEvent]] = []
    for append in history:
        events: list[DomainEvent] = []
        for one in append:
            thing = UUID(int=one.thing)
            tell_one = story.changed if one.thing in begun else story.begun
            begun.add(one.thing)
            events.append(tell_one(thing, one.amount, at=one.at))
        told.append(events)
    return told


@dataclass(frozen=True)
class Traces:
    """Which events a document was made of, in which order."""

    key: UUID
    positions: tuple[int, ...] = ()
    digest: int = 0


def random_view(name: str, of: int, begins: int, ignores: int, by_thing: bool) -> View[Traces]:
    """A view of one document a thing, or of a few that gather the events of many things.

    It concerns itself with the events whose amount is not divisible by ``of``; one that is
    divisible by ``begins`` begins a document, one divisible by ``ignores`` leaves it as it was.
    """

    def key(recorded: RecordedEvent) -> UUID | None:
        amount = _amount(recorded)
        if amount % of == 0:
            return None
        return recorded.stream if by_thing else UUID(int=1 + amount % 3)

    def evolve(traces: Traces | None, recorded: RecordedEvent) -> Traces | None:
        amount, its_key = _amount(recorded), key(recorded)
        if traces is None:
            if its_key is None or amount % begins:
                return None
            traces = Traces(its_key)
        if amount % ignores == 0:
            return traces
        positions = (*traces.positions, recorded.position)
        return replace(traces, positions=positions, digest=(traces.digest * 31 + amount) % 9973)

    def shelf(traces: Traces) -> Placement:
        number = traces.key.int
        kinds = tuple(kind for n, kind in enumerate(KINDS) if number >> n & 1)
        return Placement(OWNERS[number % len(OWNERS)], kinds)

    return View(name=name, version=1, document=Traces, key=key, evolve=evolve, shelf=shelf)


def _views(parameters: Sequence[tuple[int, int, int, bool]]) -> list[View[Traces]]:
    return [random_view(f"view_{n}", *parameter) for n, parameter in enumerate(parameters)]


views = st.lists(
    st.tuples(st.integers(4, 13), st.integers(1, 3), st.integers(2, 13), st.booleans()),
    min_size=1,
    max_size=3,
).map(_views)


def _amount(recorded: RecordedEvent) -> int:
    event = recorded.event
    return event.amount + 1 if isinstance(event, Thing.Begun | Thing.Changed) else 0
