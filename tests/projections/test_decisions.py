"""The view of decisions."""

from intersessional.domain.decision.decision import Decision
from intersessional.domain.decision.decision_method import DecisionMethod
from intersessional.domain.decision.decision_outcome import DecisionKind, Outcome, OutcomeKind
from intersessional.domain.decision.decision_state import DecisionState
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.kernel.sealed import Sealed
from intersessional.projections.decisions import (
    DECISIONS,
    DecisionDocument,
    DecisionStateDocument,
)
from intersessional.projections.kernel.view import CountKey, ListKey, under
from tests.projections.event_history import EventHistory, act, id_of


def test_a_decision_is_shown_with_all_it_brought_about_and_under_each_of_its_kinds() -> None:
    history = EventHistory()
    outcomes = (
        Outcome(OutcomeKind.POLICY_SET, id_of("cap")),
        Outcome(OutcomeKind.PROPOSAL_APPROVED, id_of("proposal")),
    )
    history.begin(
        Decision,
        Decision.Recorded,
        id_of("decision"),
        cycle_id=cycle_id(2018),
        year=2018,
        meeting_id=id_of("meeting"),
        on_list=False,
        method=DecisionMethod.ROUGH_CONSENSUS,
        announced_by=id_of("chair"),
        statement=Sealed("Four BPFs were approved."),
        rationale=None,
        assessment_id=id_of("assessment"),
        objections=0,
        outcomes=outcomes,
    )

    document = history.document(DECISIONS, id_of("decision"))

    assert document == DecisionDocument(
        cycle_id=cycle_id(2018),
        kinds=(DecisionKind.POLICY, DecisionKind.SELECTION),
        meeting_id=id_of("meeting"),
        on_list=False,
        method=DecisionMethod.ROUGH_CONSENSUS,
        announced_by=id_of("chair"),
        statement=Sealed("Four BPFs were approved."),
        rationale=None,
        assessment_id=id_of("assessment"),
        objections=0,
        outcomes=outcomes,
        historical=False,
        states=(DecisionStateDocument(DecisionState.TAKEN, act().occurred),),
    )
    kinds = ("POLICY", "SELECTION")
    assert DECISIONS.lists(document) == (
        *under(cycle_id(2018), *kinds),
        *under(id_of("meeting"), *kinds),
        ListKey(cycle_id(2018), "every state"),
        ListKey(cycle_id(2018), "TAKEN"),
    )
    assert DECISIONS.counts(document) == (CountKey(cycle_id(2018), "method", "ROUGH_CONSENSUS"),)
