"""The view of decisions."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from intersessional.domain.decision.decision import Decision
from intersessional.domain.decision.decision_method import DecisionMethod
from intersessional.domain.decision.decision_outcome import (
    DecisionKind,
    Outcome,
    decision_kinds,
    kinds_of,
)
from intersessional.domain.decision.decision_state import TAKEN_STATES, DecisionState
from intersessional.domain.decision.intended_outcome import IntendedOutcome
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import CountKey, ListKey, View, stream_of, under

EVERY_STATE = "every state"
"""The kind of the list of all decisions of a cycle, also of those that were only proposed."""
METHOD = "method"
"""The dimension in which decisions that were taken are counted."""


@dataclass(frozen=True)
class DecisionStateDocument:
    """A state of a decision, and since when it is in it."""

    state: DecisionState
    since: Occurred
    by: UUID | None = None
    """The decision that superseded or annulled it."""
    reason: Sealed | None = None


@dataclass(frozen=True)
class ObjectionDocument:
    """An objection."""

    id: UUID
    participant_id: UUID | None
    name: Sealed | None
    number: int
    reasons: Sealed | None
    made: Occurred


@dataclass(frozen=True)
class WithdrawalDocument:
    """The withdrawal of an objection."""

    objection_id: UUID
    occurred: Occurred


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
    states: tuple[DecisionStateDocument, ...]
    """Its states, in order of effect; the last one is the present one."""
    basis: tuple[UUID, ...] = ()
    objections_until: datetime | None = None
    intended: tuple[IntendedOutcome, ...] = ()
    made: tuple[ObjectionDocument, ...] = ()
    withdrawals: tuple[WithdrawalDocument, ...] = ()

    @property
    def state(self) -> DecisionState:
        """The present state; an annulled decision stays so."""
        states = [one.state for one in self.states]
        return DecisionState.ANNULLED if DecisionState.ANNULLED in states else states[-1]

    def withdrawn(self, objection: UUID) -> Occurred | None:
        """When an objection was withdrawn; None while it stands."""
        for one in self.withdrawals:
            if one.objection_id == objection:
                return one.occurred
        return None


def _evolve(decision: DecisionDocument | None, recorded: RecordedEvent) -> DecisionDocument | None:
    event = recorded.event
    match event:
        case Decision.Recorded() | Decision.Proposed():
            return _begun(event)
        case Decision.Taken() if decision is not None:
            return _taken(decision, event)
        case Decision.Objected() if decision is not None:
            objection = ObjectionDocument(
                id=event.objection_id,
                participant_id=event.participant_id,
                name=event.name,
                number=event.number,
                reasons=event.reasons,
                made=event.act.occurred,
            )
            return replace(decision, made=(*decision.made, objection))
        case Decision.ObjectionWithdrawn() if decision is not None:
            withdrawal = WithdrawalDocument(event.objection_id, event.act.occurred)
            return replace(decision, withdrawals=(*decision.withdrawals, withdrawal))
        case Decision.Blocked() if decision is not None:
            return _in_state(decision, DecisionState.BLOCKED, event.act.occurred, event.reason)
        case Decision.Superseded() | Decision.Annulled() if decision is not None:
            superseded = isinstance(event, Decision.Superseded)
            state = DecisionState.SUPERSEDED if superseded else DecisionState.ANNULLED
            return _in_state(decision, state, event.act.occurred, event.reason, event.by)
        case _:
            return decision


def _begun(event: Decision.Recorded | Decision.Proposed) -> DecisionDocument:
    occurred = event.act.occurred
    begun = DecisionDocument(
        cycle_id=event.cycle_id,
        kinds=(),
        meeting_id=event.meeting_id,
        on_list=event.on_list,
        method=event.method,
        announced_by=event.announced_by,
        statement=event.statement,
        rationale=event.rationale,
        assessment_id=None,
        objections=None,
        outcomes=(),
        historical=event.act.provenance.historical,
        states=(),
        basis=event.basis,
    )
    if isinstance(event, Decision.Recorded):
        return replace(
            begun,
            kinds=tuple(decision_kinds(event.outcomes)),
            assessment_id=event.assessment_id,
            objections=event.objections,
            outcomes=event.outcomes,
            states=(DecisionStateDocument(DecisionState.TAKEN, occurred),),
        )
    asked = event.objections_until is not None
    state = DecisionState.OBJECTION_PERIOD if asked else DecisionState.PROPOSED
    return replace(
        begun,
        kinds=tuple(kinds_of(one.kind for one in event.intended)),
        objections_until=event.objections_until,
        intended=event.intended,
        states=(DecisionStateDocument(state, occurred),),
    )


def _taken(decision: DecisionDocument, event: Decision.Taken) -> DecisionDocument:
    taken = replace(
        decision,
        kinds=tuple(decision_kinds(event.outcomes)),
        meeting_id=event.meeting_id,
        on_list=event.on_list,
        method=event.method,
        announced_by=event.announced_by,
        rationale=event.rationale,
        assessment_id=event.assessment_id,
        objections=event.objections,
        outcomes=event.outcomes,
        basis=event.basis,
        historical=event.act.provenance.historical,
    )
    return _in_state(taken, DecisionState.TAKEN, event.act.occurred)


def _in_state(
    decision: DecisionDocument,
    state: DecisionState,
    since: Occurred,
    reason: Sealed | None = None,
    by: UUID | None = None,
) -> DecisionDocument:
    entered = DecisionStateDocument(state, since, by, reason)
    return replace(decision, states=(*decision.states, entered))


def _lists(decision: DecisionDocument) -> Collection[ListKey]:
    """Of its cycle and of its meeting, where it was taken; of its state in its cycle."""
    states = (EVERY_STATE, decision.state.value)
    of_state = tuple(ListKey(decision.cycle_id, state) for state in states)
    if not _was_taken(decision):
        return of_state
    kinds = [kind.value for kind in decision.kinds]
    of_cycle = under(decision.cycle_id, *kinds)
    of_meeting = () if decision.meeting_id is None else under(decision.meeting_id, *kinds)
    return (*of_cycle, *of_meeting, *of_state)


def _counts(decision: DecisionDocument) -> Collection[CountKey]:
    if decision.cycle_id is None or not _was_taken(decision):
        return ()
    method = "" if decision.method is None else decision.method.value
    return (CountKey(decision.cycle_id, METHOD, method),)


def _was_taken(decision: DecisionDocument) -> bool:
    return decision.state in TAKEN_STATES


DECISIONS = View(
    name="decisions",
    version=5,
    document=DecisionDocument,
    keys=stream_of(Decision),
    evolve=_evolve,
    lists=_lists,
    counts=_counts,
)
