"""An aggregate for tests, the item, and two views of its events."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

from intersessional.domain.kernel.act import LIVE, Act, Actor, Role
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent, DomainEvent
from intersessional.domain.kernel.fact_corrected import FactCorrected
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import CountKey, View, under

DOZEN = 12
"""A corrected amount has the same rest."""


class Item(Aggregate):
    """An item with an amount."""

    TOPIC = "item"

    class Begun(CreatedEvent):
        """An item began."""

        TOPIC = "item.begun.v1"
        amount: int
        owner: UUID | None
        kinds: tuple[str, ...]

    class Changed(Aggregate.Event):
        """An item changed."""

        TOPIC = "item.changed.v1"
        amount: int

    class Moved(Aggregate.Event):
        """An item got another owner and other kinds."""

        TOPIC = "item.moved.v1"
        owner: UUID | None
        kinds: tuple[str, ...]

    class Removed(Aggregate.Event):
        """An item was removed."""

        TOPIC = "item.removed.v1"


class ItemEvents:
    """Creates the events of items."""

    def __init__(self) -> None:
        self._items: dict[UUID, Item] = {}

    def begun(
        self,
        item: UUID,
        amount: int = 0,
        *,
        owner: UUID | None = None,
        kinds: Iterable[str] = (),
        at: str = "2018-01-01T00:00:00Z",
    ) -> DomainEvent:
        """An item began."""
        self._items[item] = Item.create(
            Item.Begun, id=item, act=_act(at), amount=amount, owner=owner, kinds=tuple(kinds)
        )
        return self._collect(item)

    def changed(
        self, item: UUID, amount: int = 0, *, at: str = "2018-01-01T00:00:00Z"
    ) -> DomainEvent:
        """An item changed."""
        self._items[item].record(Item.Changed, act=_act(at), amount=amount)
        return self._collect(item)

    def moved(
        self,
        item: UUID,
        owner: UUID | None,
        kinds: Iterable[str] = (),
        *,
        at: str = "2018-01-01T00:00:00Z",
    ) -> DomainEvent:
        """An item moved."""
        self._items[item].record(Item.Moved, act=_act(at), owner=owner, kinds=tuple(kinds))
        return self._collect(item)

    def corrected(
        self, item: UUID, number: int, dozens: int | None = None, *, at: str | None = None
    ) -> DomainEvent:
        """One of the facts of an item, by its number, got another time, or amount in dozens."""
        aggregate = self._items[item]
        facts = [aggregate.fact(version) for version in range(1, aggregate.version + 1)]
        recorded: list[Any] = [fact for fact in facts if fact is not None]
        fact = recorded[number % len(recorded)]
        occurred = fact.act.occurred if at is None else Occurred.parse(at)
        changes = {} if dozens is None else {"amount": fact.amount % DOZEN + dozens * DOZEN}
        fact = replace(
            fact,
            act=replace(fact.act, occurred=occurred),
            timestamp=occurred.begins,
            **changes,
        )
        act = _act("2018-12-01T00:00:00Z")
        aggregate.record(FactCorrected, act=act, fact=fact, reason=Sealed("reason"))
        return self._collect(item)

    def removed(self, item: UUID, *, at: str = "2018-01-01T00:00:00Z") -> DomainEvent:
        """An item was removed."""
        self._items[item].record(Item.Removed, act=_act(at))
        return self._collect(item)

    def _collect(self, item: UUID) -> DomainEvent:
        [event] = self._items[item].take_pending_events()
        return event


@dataclass(frozen=True)
class ItemDocument:
    """An item, and every amount it has had."""

    owner: UUID | None
    kinds: tuple[str, ...]
    amounts: tuple[int, ...]


def _evolve_item(item: ItemDocument | None, recorded: RecordedEvent) -> ItemDocument | None:
    match recorded.event:
        case Item.Begun() as event:
            return ItemDocument(event.owner, event.kinds, (event.amount,))
        case Item.Changed() as event if item is not None:
            return replace(item, amounts=(*item.amounts, event.amount))
        case Item.Moved() as event if item is not None:
            return replace(item, owner=event.owner, kinds=event.kinds)
        case Item.Removed():
            return None
        case _:
            return item


ITEMS = View(
    name="items",
    version=1,
    document=ItemDocument,
    keys=lambda recorded: (recorded.stream,),
    evolve=_evolve_item,
    lists=lambda item: under(item.owner, *item.kinds),
    counts=lambda item: [CountKey(item.owner, "kind", kind) for kind in item.kinds if item.owner],
)


@dataclass(frozen=True)
class TallyDocument:
    """The number of events, and the sum of their amounts."""

    events: int
    amount: int


ALL_ITEMS = UUID(int=7)


def _evolve_tally(tally: TallyDocument | None, recorded: RecordedEvent) -> TallyDocument | None:
    amount = getattr(recorded.event, "amount", 0)
    if tally is None:
        return TallyDocument(1, amount)
    return TallyDocument(tally.events + 1, tally.amount + amount)


TALLY = View(
    name="tally",
    version=1,
    document=TallyDocument,
    keys=lambda _: (ALL_ITEMS,),
    evolve=_evolve_tally,
    lists=lambda _: under(None),
)


def _act(at: str) -> Act:
    actor = Actor(Role.SECRETARIAT)
    return Act(actor=actor, command=uuid4(), occurred=Occurred.parse(at), provenance=LIVE)
