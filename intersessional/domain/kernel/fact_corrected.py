"""The event that corrects another event of its stream (ADR 0057)."""

from collections.abc import Iterable, Sequence
from typing import TypeVar
from uuid import UUID

from eventsourcing.domain import AggregateEvent, BaseAggregate
from eventsourcing.utils import register_topic

from intersessional.domain.kernel.aggregate import Aggregate, DomainEvent
from intersessional.domain.kernel.sealed import Permanent

A = TypeVar("A", bound=BaseAggregate[UUID])

TOPIC_ENDING = ".fact_corrected.v1"
"""The topic is that of the aggregate with this ending."""


class FactCorrected(DomainEvent):
    """A fact was recorded wrongly: it is as given here, and its first event stays as it is."""

    TOPIC = "fact_corrected.v1"
    fact: DomainEvent
    """The event as corrected, complete; its version is that of the event that it corrects."""
    reason: Permanent

    def mutate(self, aggregate: A | None) -> A | None:
        """Put the corrected event in the place of the one that it corrects, and fold again."""
        after = AggregateEvent.mutate(self, aggregate)
        if isinstance(after, Aggregate):
            after.replace_effect(self.fact)
        return after


register_topic(FactCorrected.TOPIC, FactCorrected)


def fact_of(event: DomainEvent) -> DomainEvent:
    """The event itself; of a correction, the event that it corrects, as corrected."""
    return event.fact if isinstance(event, FactCorrected) else event


def as_corrected(events: Iterable[DomainEvent]) -> Sequence[DomainEvent]:
    """The facts that events tell of, each once, as they were corrected last."""
    facts: dict[tuple[UUID, int], DomainEvent] = {}
    for event in events:
        fact = fact_of(event)
        facts[fact.originator_id, fact.originator_version] = fact
    return [*facts.values()]
