"""The life of a decision: proposed, taken or blocked, superseded or annulled."""

from typing import Any

import pytest

from intersessional.domain.command_handling.command import Command
from intersessional.domain.command_handling.scenario import event
from intersessional.domain.decision.decision import Decision
from intersessional.domain.decision.decision_outcome import Outcome, OutcomeKind
from intersessional.domain.decision.decision_state import DecisionState
from intersessional.domain.decision.refusals import (
    DecisionRequired,
    DecisionSettled,
    RationaleRequired,
)
from intersessional.domain.decision.steps.commands import (
    AnnulDecision,
    BlockDecision,
    SupersedeDecision,
)
from intersessional.domain.kernel.act import Ground, Provenance, Role
from intersessional.domain.kernel.ids import cycle_id, policy_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import (
    BadValue,
    NotFound,
    RoleRequired,
)
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.policy.policy import Policy
from tests.domain.actors import (
    CHAIR,
    MEMBER,
    OPERATOR,
    SECRETARIAT,
    id_of,
    in_the_name_of,
)
from tests.domain.decision_scenarios import (
    AFTER,
    BOTH,
    DECISION,
    LATER,
    OBJECT,
    OBJECTED,
    OTHER,
    PROPOSED,
    TAKEN,
    UNTIL,
    propose,
    take,
)
from tests.domain.given_when_then import NOW, given
from tests.domain.scenarios import CYCLE, MEETING, approve, cap, decide, submitted


def test_proposed_decision_brings_nothing_about() -> None:
    given(CYCLE).when(CHAIR.sends(propose(cap(4)))).then(
        event(
            Decision.Proposed,
            originator_id=DECISION,
            cycle_id=cycle_id(2018),
            meeting_id=MEETING,
            announced_by=CHAIR.id,
            objections_until=UNTIL,
            statement=Sealed("The cap becomes four."),
        )
    )


def test_proposed_decision_is_announced_by_a_chair() -> None:
    given(CYCLE).when(SECRETARIAT.sends(propose())).then(
        RoleRequired(needed=(Role.MAG_CHAIR,), at=NOW)
    )
    given(CYCLE).when(MEMBER.sends(propose())).then(
        RoleRequired(needed=(Role.MAG_CHAIR, Role.SECRETARIAT), at=NOW)
    )


def test_proposed_outcome_is_about_what_is_in_the_record() -> None:
    given(CYCLE).when(CHAIR.sends(propose(approve("ai")))).refusal(NotFound)


def test_taken_decision_brings_about_what_was_proposed_in_one_append() -> None:
    given(PROPOSED).when(CHAIR.sends(take(), now=LATER)).then(
        event(Policy.Named, key="BPF_CAP"),
        event(Policy.Set),
        event(
            Decision.Taken,
            originator_id=DECISION,
            on_list=True,
            announced_by=CHAIR.id,
            objections=None,
            outcomes=(Outcome(OutcomeKind.POLICY_SET, policy_id(2018, "BPF_CAP")),),
        ),
    )


def test_other_outcomes_than_were_proposed_are_refused() -> None:
    problem = "they are not the ones that were proposed."
    given(PROPOSED).when(CHAIR.sends(take(cap(5)), now=LATER)).then(
        BadValue(field="outcomes", problem=problem)
    )


def test_decision_without_reasons_is_not_taken_where_it_needs_them() -> None:
    proposed = CHAIR.sends(propose(cap(4), rationale=None))
    given(CYCLE, proposed).when(CHAIR.sends(take(), now=LATER)).then(RationaleRequired())


def test_blocked_decision_is_not_taken() -> None:
    block = BlockDecision(command_id=id_of("block"), decision=DECISION)
    blocked = (*OBJECTED, CHAIR.sends(block, now=LATER))
    given(OBJECTED).when(CHAIR.sends(block, now=LATER)).then(Decision.Blocked)
    given(blocked).when(CHAIR.sends(take(), now=LATER)).then(
        DecisionSettled(state=DecisionState.BLOCKED)
    )


def test_decision_to_which_nobody_objects_is_blocked_with_a_reason() -> None:
    block = BlockDecision(command_id=id_of("block"), decision=DECISION)
    given(PROPOSED).when(CHAIR.sends(block)).then(
        BadValue(field="reason", problem="nobody objects: give the reason.")
    )


@pytest.mark.parametrize(
    "command",
    [
        take(name="again"),
        OBJECT,
        BlockDecision(command_id=id_of("block"), decision=DECISION, reason="No."),
    ],
)
def test_taken_decision_is_not_open_any_more(command: Command) -> None:
    given(TAKEN).when(CHAIR.sends(command, now=LATER)).then(
        DecisionSettled(state=DecisionState.TAKEN)
    )


def supersede(decision: Any, by: Any) -> SupersedeDecision:
    return SupersedeDecision(command_id=id_of("s"), decision=decision, by=by)


def annul(**overrides: Any) -> AnnulDecision:
    fields: dict[str, Any] = {"decision": DECISION, "by": OTHER.derived_id} | overrides
    fields = {"command_id": id_of("annul")} | fields
    return AnnulDecision(**fields)


def test_decision_is_superseded_by_a_later_one_and_what_it_set_stays() -> None:
    superseded = given(BOTH).when(
        SECRETARIAT.sends(supersede(DECISION, OTHER.derived_id), now=AFTER)
    )
    superseded.then(event(Decision.Superseded, originator_id=DECISION, by=OTHER.derived_id))
    policy = superseded.scenario.aggregate(Policy, policy_id(2018, "BPF_CAP"))
    assert policy.rules.latest is not None
    assert policy.rules.latest.value.number == 4


def test_decision_is_not_superseded_by_itself_or_by_an_earlier_or_an_open_one() -> None:
    problem = "it was taken before this one."
    given(BOTH).when(SECRETARIAT.sends(supersede(OTHER.derived_id, DECISION), now=AFTER)).then(
        BadValue(field="by", problem=problem)
    )
    given(BOTH).when(SECRETARIAT.sends(supersede(DECISION, DECISION), now=AFTER)).then(
        BadValue(field="by", problem="it is the same decision.")
    )
    given(PROPOSED, CHAIR.sends(OTHER)).when(
        SECRETARIAT.sends(supersede(OTHER.derived_id, DECISION), now=AFTER)
    ).then(BadValue(field="by", problem="it is not taken."))


def test_decision_is_annulled_by_another_and_what_it_set_stays() -> None:
    annulled = given(BOTH).when(CHAIR.sends(annul(reason="No quorum."), now=AFTER))
    annulled.then(event(Decision.Annulled, by=OTHER.derived_id, reason=Sealed("No quorum.")))
    assert annulled.scenario.aggregate(Policy, policy_id(2018, "BPF_CAP")).rules.latest is not None


def test_decision_is_annulled_by_a_decision_unless_a_source_tells_of_none() -> None:
    given(BOTH).when(CHAIR.sends(annul(by=None), now=AFTER)).then(DecisionRequired())
    told = annul(by=None, provenance=Provenance(Ground.IMPORTED))
    given(BOTH).when(in_the_name_of(CHAIR).sends(told, now=AFTER)).then(Decision.Annulled)


def test_annulled_decision_stays_annulled() -> None:
    annulled = (*BOTH, CHAIR.sends(annul(), now=AFTER))
    for command in (
        annul(by=OTHER.derived_id, reason="Again.", command_id=id_of("a2")),
        supersede(DECISION, OTHER.derived_id),
    ):
        given(annulled).when(CHAIR.sends(command, now=AFTER)).then(
            DecisionSettled(state=DecisionState.ANNULLED)
        )


def test_decision_rests_on_what_its_proposal_named_and_more() -> None:
    first = decide("first", rationale=None, assessment=None)
    proposed = CHAIR.sends(propose(cap(4), basis=(first.derived_id,)))
    given(CYCLE, CHAIR.sends(first), proposed).when(
        CHAIR.sends(take(basis=(cycle_id(2018),)), now=LATER)
    ).then(
        Policy.Named, Policy.Set, event(Decision.Taken, basis=(first.derived_id, cycle_id(2018)))
    )


def test_decision_rests_on_what_is_in_the_record() -> None:
    given(CYCLE).when(CHAIR.sends(decide("a", basis=(id_of("nothing"),)))).refusal(NotFound)


def test_history_may_be_told_as_a_source_has_it() -> None:
    told = Provenance(Ground.IMPORTED)
    proposal = propose(
        cap(4),
        occurred=Occurred.parse("2017"),
        objections_until=None,
        meeting=None,
        provenance=told,
    )
    taken = take(
        cap(5), method=None, occurred=Occurred.parse("2018-02"), provenance=told, on_list=None
    )
    given(CYCLE, OPERATOR.sends(proposal)).when(OPERATOR.sends(taken)).then(
        Policy.Named, Policy.Set, Decision.Taken
    )


def test_selection_is_proposed_and_taken() -> None:
    proposed = CHAIR.sends(propose(approve("ai")))
    assessed = decide("x").assessment
    command = take(approve("ai"), assessment=assessed)
    outcome = given(CYCLE, submitted("ai"), proposed).when(CHAIR.sends(command, now=LATER))
    assert outcome.refused is None
    assert isinstance(outcome.scenario.appended[-1], Decision.Taken)
