"""Facts that are recorded in any order make the same documents at every instant."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.domain.kernel.occurred import Occurred
from intersessional.plugins.core import CORE
from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.fold import fold
from intersessional.projections.kernel.order_of_effect import in_order_of_effect
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import AnyView
from intersessional.projections.policies import POLICIES
from tests.projections.event_history import BEGINS
from tests.projections.random_events import every_step, random_histories

FIRST_DAY = date(2018, 1, 1)
MONTHS = [datetime(2018, month, 1, tzinfo=UTC) for month in range(1, 13)]


@settings(max_examples=12, deadline=None)
@given(history=random_histories(every_step), data=st.data())
def test_recorded_in_any_order_documents_are_the_same_at_every_instant(
    history: list[DomainEvent], data: st.DataObject
) -> None:
    days = data.draw(st.permutations(range(len(history))))
    facts = [on_day(event, day) for event, day in zip(history, days, strict=True)]
    one, other = as_recorded(facts), as_recorded(data.draw(st.permutations(facts)))

    for view in CORE.views:
        for instant in MONTHS:
            assert documents(view, one, instant) == documents(view, other, instant)


@settings(max_examples=14, deadline=None)
@given(history=random_histories(every_step), data=st.data())
def test_order_of_effect_keeps_every_event_and_begins_with_one_that_can_begin(
    history: list[DomainEvent], data: st.DataObject
) -> None:
    events = as_recorded(data.draw(st.permutations(history)))

    for view in CORE.views:
        for key in {key for one in events for key in view.keys(one)}:
            concerned = [one for one in events if key in view.keys(one)]
            ordered = in_order_of_effect(view, concerned)
            begins = [view.evolve(None, one) is not None for one in ordered]
            assert sorted(one.position for one in ordered) == [one.position for one in concerned]
            assert begins[0] is any(begins)
            assert sorted(ordered[1:], key=effect) == [*ordered[1:]]


def effect(recorded: RecordedEvent) -> tuple[Any, ...]:
    return recorded.occurred.effect, recorded.position


def on_day(event: DomainEvent, day: int) -> DomainEvent:
    """The event on a day of 2018, so that no two take effect at the same time."""
    occurred = Occurred.parse((FIRST_DAY + timedelta(day)).isoformat())
    fields: dict[str, Any] = {**vars(event), "act": replace(event.act, occurred=occurred)}
    return type(event)(**fields)


def as_recorded(facts: Sequence[DomainEvent]) -> list[RecordedEvent]:
    """The events in the order in which they were recorded."""
    return [
        RecordedEvent(
            position=position,
            recorded_at=BEGINS,
            stream=event.originator_id,
            version=event.originator_version,
            topic=type(event).__qualname__,
            event=event,
        )
        for position, event in enumerate(facts, 1)
    ]


def documents(
    view: AnyView, events: Sequence[RecordedEvent], instant: datetime
) -> Mapping[UUID, Any]:
    """The documents as of an instant; the rules of a policy without their positions."""
    found = fold(view, events, AsOf(len(events), instant))
    plain = {key: msgspec.to_builtins(one.document) for key, one in found.items()}
    if view is POLICIES:
        for policy in plain.values():
            for rule in policy["rules"]:
                del rule["position"]
    return plain
