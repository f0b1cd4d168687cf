"""The view of decisions."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.decision.decision import Decision, DecisionMethod
from intersessional.domain.decision.decision_outcome import DecisionKind, Outcome, decision_kinds
from intersessional.domain.kernel.sealed import Sealed
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import ListKey, View, stream_of, under


@dataclass(frozen=True)
class DecisionDocument:
    """A decision of the MAG."""

    cycle_id: UUID | None
    kinds: tuple[DecisionKind, ...]
    meeting_id: UUID | None
    on_list: bool | None
    method: DecisionMethod | None
    announced_by: UUID | None
    statement: Sealed
    rationale: Sealed | None
    assessment_id: UUID | None
    objections: int | None
    outcomes: tuple[Outcome, ...]
    historical: bool
    """Whether it is taken from sources."""


def _evolve(decision: DecisionDocument | None, recorded: RecordedEvent) -> DecisionDocument | None:
    event = recorded.event
    if not isinstance(event, Decision.Recorded):
        return decision
    return DecisionDocument(
        cycle_id=event.cycle_id,
        kinds=(*decision_kinds(event.outcomes),),
        meeting_id=event.meeting_id,
        on_list=event.on_list,
        method=event.method,
        announced_by=event.announced_by,
        statement=event.statement,
        rationale=event.rationale,
        assessment_id=event.assessment_id,
        objections=event.objections,
        outcomes=event.outcomes,
        historical=event.act.provenance.historical,
    )


def _lists(decision: DecisionDocument) -> Collection[ListKey]:
    """The lists of its cycle and of its meeting, all decisions and those of its kinds."""
    kinds = [kind.value for kind in decision.kinds]
    of_cycle = under(decision.cycle_id, *kinds)
    of_meeting = () if decision.meeting_id is None else under(decision.meeting_id, *kinds)
    return (*of_cycle, *of_meeting)


DECISIONS = View(
    name="decisions",
    version=4,
    document=DecisionDocument,
    keys=stream_of(Decision),
    evolve=_evolve,
    lists=_lists,
)
