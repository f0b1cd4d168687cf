"""The view of deviations from soft rules."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.deviation.deviation import Deviation
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.fact import Fact
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.rule.soft_rule import RuleStrength
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import ANY_KIND, CountKey, ListKey, View, stream_of

BY_RULE = "RULE"
"""The dimension in which deviations are counted by the keys of their rules."""


@dataclass(frozen=True)
class DeviationDocument:
    """A deviation from a soft rule."""

    rule: str
    strength: RuleStrength
    cycle_id: UUID | None
    group_id: UUID | None
    subject: UUID
    facts: tuple[Fact, ...]
    rationale: Sealed | None
    act: Act


def deviations_kind(rule: str | None, group: UUID | None = None) -> str:
    """The kind of the deviations from a rule, and of those of a group, in a list."""
    kind = ANY_KIND if rule is None else rule
    return kind if group is None else f"{kind} OF {group}"


def _evolve(
    deviation: DeviationDocument | None, recorded: RecordedEvent
) -> DeviationDocument | None:
    event = recorded.event
    if not isinstance(event, Deviation.Recorded):
        return deviation
    return DeviationDocument(
        rule=event.rule,
        strength=event.strength,
        cycle_id=event.cycle_id,
        group_id=event.group_id,
        subject=event.subject,
        facts=event.facts,
        rationale=event.rationale,
        act=event.act,
    )


def _lists(deviation: DeviationDocument) -> Collection[ListKey]:
    """Deviations of a cycle, perhaps of one group in it; of a group; and about a subject."""
    groups = {None, deviation.group_id}
    lists = {
        ListKey(parent, deviations_kind(rule))
        for parent in _parents(deviation)
        for rule in (None, deviation.rule)
    }
    if deviation.cycle_id is not None:
        lists |= {
            ListKey(deviation.cycle_id, deviations_kind(rule, group))
            for rule in (None, deviation.rule)
            for group in groups
        }
    return lists


def _counts(deviation: DeviationDocument) -> Collection[CountKey]:
    return [CountKey(parent, BY_RULE, deviation.rule) for parent in _parents(deviation)]


def _parents(deviation: DeviationDocument) -> Collection[UUID]:
    parents = {deviation.cycle_id, deviation.group_id, deviation.subject}
    return {parent for parent in parents if parent is not None}


DEVIATIONS = View(
    name="deviations",
    version=1,
    document=DeviationDocument,
    keys=stream_of(Deviation),
    evolve=_evolve,
    lists=_lists,
    counts=_counts,
)
