"""What was decided on facts that were corrected afterwards: it stands, and says so (ADR 0063)."""

import asyncio
from collections.abc import Callable, Collection
from itertools import chain
from uuid import UUID

from eventsourcing.utils import get_topic

from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.decision.decision import Decision
from intersessional.domain.decision.decision_outcome import DecisionKind
from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.domain.kernel.ids import policy_id
from intersessional.domain.policy.policy import Policy
from intersessional.graphql.request.context import Info
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.list_size import at_most
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.schema.shareable import shareable
from intersessional.graphql.types.correction import CorrectionType, correction_in
from intersessional.graphql.types.decision import DecisionType
from intersessional.graphql.types.deviation import DeviationType
from intersessional.projections.cycles import CYCLES
from intersessional.projections.decisions import DECISIONS
from intersessional.projections.kernel.recorded_event import RecordedEvent

LATER_CORRECTIONS_MAX = 5
"""Corrections that are shown beside what was decided before them, the last ones."""

Counts = Callable[[DomainEvent, str], bool]
"""Whether a field of a fact counts for what was decided on it."""


async def later_corrections(
    streams: Collection[UUID], after: int, loaders: Loaders, counts: Counts
) -> list[CorrectionType]:
    """The last corrections in these streams after a position that changed a field that counts."""
    recorded = chain.from_iterable(await asyncio.gather(*map(loaders.corrections, streams)))
    later = [one for one in recorded if one.position > after]
    found = [one for one in (correction_in(one, loaders) for one in later) if one is not None]
    changed = await asyncio.gather(*(one.changed_fields() for one in found))
    counting = [
        correction
        for correction, fields in zip(found, changed, strict=True)
        if any(counts(correction.corrected.fact, one.field) for one in fields)
    ]
    counting.sort(key=lambda one: one.recorded.position)
    return counting[-LATER_CORRECTIONS_MAX:]


@at_most(LATER_CORRECTIONS_MAX)
async def corrected_of_decision(root: DecisionType) -> list[CorrectionType]:
    """The later corrections of the assessment of resources and of the caps that it was taken
    under; what it brought about stands.
    """
    decision, loaders = root.document, root.loaders
    taken = await _taken(root.snapshot.key, loaders)
    if taken is None or decision.cycle_id is None:
        return []

    def counts(fact: DomainEvent, field: str) -> bool:
        if isinstance(fact, Cycle.ResourcesAssessed):
            return fact.assessment_id == decision.assessment_id and field == "capacity"
        in_force = fact.act.occurred.effect <= taken.occurred.effect
        return isinstance(fact, Policy.Set) and in_force and field == "value.number"

    streams = [decision.cycle_id]
    if DecisionKind.SELECTION in decision.kinds:
        streams += await _caps(decision.cycle_id, loaders)
    return await later_corrections(streams, taken.position, loaders, counts)


async def _taken(decision: UUID, loaders: Loaders) -> RecordedEvent | None:
    """The event that took a decision; None while it is only proposed."""
    positions = await loaders.history_positions(DECISIONS, decision)
    found = await loaders.events(positions)
    taken = [one for one in found if isinstance(one.event, Decision.Recorded | Decision.Taken)]
    return taken[-1] if taken else None


async def _caps(cycle: UUID, loaders: Loaders) -> list[UUID]:
    """The policies that cap the groups of a cycle."""
    snapshot = await loaders.get(CYCLES, cycle)
    if snapshot is None:
        return []
    keys = [one.capped_by for one in snapshot.document.admitted]
    return [policy_id(year, key) for key in keys for year in (snapshot.document.year, None)]


@shareable
@at_most(LATER_CORRECTIONS_MAX)
async def corrected_of_deviation(root: DeviationType, info: Info) -> list[CorrectionType]:
    """The later corrections of what its rule was checked against; the deviation stands."""
    deviation = root.document
    rule = info.context.command_bus.rules.get(deviation.rule)
    if rule is None or not rule.checked_against:
        return []

    def counts(fact: DomainEvent, field: str) -> bool:
        return field in rule.checked_against.get(get_topic(type(fact)), ())

    streams = dict.fromkeys(
        one for one in (deviation.subject, deviation.cycle_id, deviation.group_id) if one
    )
    return await later_corrections(streams, root.snapshot.created_at_position, root.loaders, counts)


LATER_CORRECTION_SCHEMA = SchemaPart(
    extends={
        "Decision": {"rests_on_corrected": corrected_of_decision},
        "Deviation": {"rests_on_corrected": corrected_of_deviation},
    }
)
