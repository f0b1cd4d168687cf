"""Corrected facts in the place of what was recorded first."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from intersessional.domain.kernel.fact_corrected import FactCorrected
from intersessional.projections.kernel.recorded_event import RecordedEvent


def with_facts(
    events: Iterable[RecordedEvent],
) -> Sequence[tuple[RecordedEvent, RecordedEvent]]:
    """Each event with the fact that it tells of, as the last of the corrections among them has it.

    The events are in order of position. The fact has the position of the first of its events.
    """
    events = [*events]
    if not any(isinstance(one.event, FactCorrected) for one in events):
        return [(one, one) for one in events]
    facts: dict[tuple[object, int], RecordedEvent] = {}
    for recorded in events:
        fact = recorded.fact
        place = fact.stream, fact.version
        facts[place] = replace(facts[place], event=fact.event) if place in facts else fact
    return [(one, facts[one.stream, one.fact.version]) for one in events]


def as_corrected(events: Iterable[RecordedEvent]) -> Sequence[RecordedEvent]:
    """The facts that the events tell of, each once; the events are in order of position."""
    return [fact for one, fact in with_facts(events) if one.position == fact.position]


def happened(events: Iterable[RecordedEvent], instant: datetime | None) -> list[RecordedEvent]:
    """The events whose facts had certainly happened by an instant, corrections among them."""
    return [
        one
        for one, fact in with_facts(events)
        if instant is None or fact.occurred.certain_by(instant)
    ]


def uncertain(events: Iterable[RecordedEvent], instant: datetime) -> list[RecordedEvent]:
    """The events of whose facts it is uncertain whether they had happened by an instant."""
    return [one for one, fact in with_facts(events) if fact.occurred.uncertain_at(instant)]
