"""A small world to look at: things that begin and change, and two views of them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from intersessional.domain.kernel.act import LIVE, Act, Actor, Role
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent, DomainEvent
from intersessional.domain.kernel.occurred import Occurred
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import Placement, View


class Thing(Aggregate):
    """Something with an amount."""

    TOPIC = "thing"

    class Begun(CreatedEvent):
        """A thing began."""

        TOPIC = "thing.begun.v1"
        amount: int
        owner: UUID | None
        kinds: tuple[str, ...]

    class Changed(Aggregate.Event):
        """A thing changed."""

        TOPIC = "thing.changed.v1"
        amount: int


class Story:
    """Tells what happens to things."""

    def __init__(self) -> None:
        self._things: dict[UUID, Thing] = {}

    def begun(
        self,
        thing: UUID,
        amount: int = 0,
        *,
        owner: UUID | None = None,
        kinds: Iterable[str] = (),
        at: str = "2018-01-01T00:00:00Z",
    ) -> DomainEvent:
        """A thing began."""
        self._things[thing] = Thing.begin(
            Thing.Begun, id=thing, act=_act(at), amount=amount, owner=owner, kinds=tuple(kinds)
        )
        return self._happened(thing)

    def changed(
        self, thing: UUID, amount: int = 0, *, at: str = "2018-01-01T00:00:00Z"
    ) -> DomainEvent:
        """A thing changed."""
        self._things[thing].record(Thing.Changed, act=_act(at), amount=amount)
        return self._happened(thing)

    def _happened(self, thing: UUID) -> DomainEvent:
        [event] = self._things[thing].collect()
        return event


@dataclass(frozen=True)
class ThingDocument:
    """A thing, and every amount it has had."""

    owner: UUID | None
    kinds: tuple[str, ...]
    amounts: tuple[int, ...]


def _evolve_thing(thing: ThingDocument | None, recorded: RecordedEvent) -> ThingDocument | None:
    match recorded.event:
        case Thing.Begun() as event:
            return ThingDocument(event.owner, event.kinds, (event.amount,))
        case Thing.Changed() as event if thing is not None:
            return replace(thing, amounts=(*thing.amounts, event.amount))
        case _:
            return thing


THINGS = View(
    name="things",
    version=1,
    document=ThingDocument,
    key=lambda recorded: recorded.stream,
    evolve=_evolve_thing,
    shelf=lambda thing: Placement(thing.owner, thing.kinds),
)


@dataclass(frozen=True)
class TallyDocument:
    """How many events there were, and the sum of their amounts."""

    events: int
    amount: int


ALL_THINGS = UUID(int=7)


def _evolve_tally(tally: TallyDocument | None, recorded: RecordedEvent) -> TallyDocument | None:
    amount = getattr(recorded.event, "amount", 0)
    if tally is None:
        return TallyDocument(1, amount)
    return TallyDocument(tally.events + 1, tally.amount + amount)


TALLY = View(
    name="tally",
    version=1,
    document=TallyDocument,
    key=lambda _: ALL_THINGS,
    evolve=_evolve_tally,
    shelf=lambda _: Placement(),
)


def _act(at: str) -> Act:
    actor = Actor(Role.SECRETARIAT)
    return Act(actor=actor, command=uuid4(), occurred=Occurred.parse(at), provenance=LIVE)
