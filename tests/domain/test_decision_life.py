"""The life of a decision: proposed, objected to, taken or blocked, superseded or annulled."""

from datetime import timedelta
from typing import Any

import pytest

from intersessional.domain.command_handling.command import Command
from intersessional.domain.command_handling.scenario import SentCommand, event
from intersessional.domain.decision.commands import OutcomeChoice
from intersessional.domain.decision.decision import Decision
from intersessional.domain.decision.decision_method import DecisionMethod
from intersessional.domain.decision.decision_outcome import Outcome, OutcomeKind
from intersessional.domain.decision.decision_state import DecisionState
from intersessional.domain.decision.refusals import (
    DecisionRequired,
    DecisionSettled,
    ObjectionPeriodOpen,
    ObjectionPeriodOver,
    ObjectionsOpen,
    RationaleRequired,
)
from intersessional.domain.decision.steps.commands import (
    AnnulDecision,
    BlockDecision,
    ObjectToDecision,
    ProposeDecision,
    SupersedeDecision,
    TakeDecision,
    WithdrawObjection,
)
from intersessional.domain.deviation.deviation import Deviation
from intersessional.domain.kernel.act import Ground, Provenance, Role
from intersessional.domain.kernel.fact import Fact
from intersessional.domain.kernel.ids import cycle_id, policy_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import (
    AlreadyRecorded,
    BadValue,
    NotFound,
    OverrideRequired,
    RoleRequired,
)
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.policy.policy import Policy
from intersessional.domain.rule.core_rules import OBJECTIONS_RECORDED
from intersessional.domain.rule.override import Override
from tests.domain.actors import (
    CHAIR,
    COMMENTER,
    MEMBER,
    OPERATOR,
    OTHER_MEMBER,
    SECRETARIAT,
    Person,
    id_of,
)
from tests.domain.given_when_then import NOW, given
from tests.domain.scenarios import CYCLE, MEETING, approve, cap, decide, submitted

UNTIL = NOW + timedelta(days=8)
LATER = UNTIL + timedelta(hours=1)


def propose(*outcomes: OutcomeChoice, **overrides: Any) -> ProposeDecision:
    fields: dict[str, Any] = {
        "year": 2018,
        "statement": "The cap becomes four.",
        "meeting": MEETING,
        "method": DecisionMethod.NO_OBJECTION,
        "rationale": "Four are ripe.",
        "objections_until": UNTIL,
    } | overrides
    return ProposeDecision(command_id=id_of("propose"), outcomes=outcomes, **fields)


DECISION = propose().derived_id
OBJECT = ObjectToDecision(command_id=id_of("object"), decision=DECISION, reasons="Too many.")
OBJECTION = OBJECT.derived_id
PROPOSED = (*CYCLE, CHAIR.sends(propose(cap(4))))
OBJECTED = (*PROPOSED, MEMBER.sends(OBJECT))


def take(*outcomes: OutcomeChoice, name: str = "take", **overrides: Any) -> TakeDecision:
    fields: dict[str, Any] = {"method": DecisionMethod.NO_OBJECTION, "on_list": True} | overrides
    return TakeDecision(
        command_id=id_of(name), decision=DECISION, outcomes=outcomes or (cap(4),), **fields
    )


def withdraw() -> WithdrawObjection:
    return WithdrawObjection(command_id=id_of("w"), decision=DECISION, objection=OBJECTION)


TAKEN = (*PROPOSED, CHAIR.sends(take(), now=LATER))
OTHER = decide("other", rationale=None, assessment=None, meeting=None, on_list=True)
BOTH = (*TAKEN, CHAIR.sends(OTHER, now=LATER + timedelta(hours=1)))
AFTER = LATER + timedelta(hours=2)


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


def test_objection_period_ends_after_the_proposal() -> None:
    given(CYCLE).when(CHAIR.sends(propose(objections_until=NOW))).then(
        BadValue(field="objections_until", problem="it is not after the proposal.")
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


def test_decision_is_not_taken_while_objections_are_asked_for() -> None:
    given(PROPOSED).when(CHAIR.sends(take())).then(ObjectionPeriodOpen(until=UNTIL))
    given(PROPOSED).when(CHAIR.sends(take(), now=UNTIL)).then(
        Policy.Named, Policy.Set, Decision.Taken
    )


def test_other_outcomes_than_were_proposed_are_refused() -> None:
    problem = "they are not the ones that were proposed."
    given(PROPOSED).when(CHAIR.sends(take(cap(5)), now=LATER)).then(
        BadValue(field="outcomes", problem=problem)
    )


def test_decision_without_reasons_is_not_taken_where_it_needs_them() -> None:
    proposed = CHAIR.sends(propose(cap(4), rationale=None))
    given(CYCLE, proposed).when(CHAIR.sends(take(), now=LATER)).then(RationaleRequired())


def test_decision_without_objection_is_not_taken_while_a_member_objects() -> None:
    given(OBJECTED).when(CHAIR.sends(take(), now=LATER)).then(ObjectionsOpen(objections=1))


def test_decision_without_objection_is_taken_when_the_objection_is_withdrawn() -> None:
    given(OBJECTED, MEMBER.sends(withdraw())).when(CHAIR.sends(take(), now=LATER)).then(
        Policy.Named, Policy.Set, Decision.Taken
    )


def test_decision_by_rough_consensus_is_taken_with_the_number_that_object() -> None:
    many = ObjectToDecision(command_id=id_of("many"), decision=DECISION, number=3)
    rough = take(method=DecisionMethod.ROUGH_CONSENSUS)
    given(OBJECTED, SECRETARIAT.sends(many)).when(CHAIR.sends(rough, now=LATER)).then(
        Policy.Named, Policy.Set, event(Decision.Taken, objections=4)
    )
    fewer = take(method=DecisionMethod.ROUGH_CONSENSUS, objections=3)
    given(OBJECTED, SECRETARIAT.sends(many)).when(CHAIR.sends(fewer, now=LATER)).then(
        BadValue(field="objections", problem="4 are on record.")
    )


def test_decision_by_a_vote_tells_who_objected_or_how_many_unless_it_is_overridden() -> None:
    vote = take(method=DecisionMethod.VOTE)
    given(PROPOSED).when(CHAIR.sends(vote, now=LATER)).then(
        OverrideRequired(
            rule="OBJECTIONS_RECORDED",
            requirement=OBJECTIONS_RECORDED.sentence,
            facts=(Fact("method", word="VOTE"),),
        )
    )
    none = take(method=DecisionMethod.VOTE, objections=0)
    given(PROPOSED).when(CHAIR.sends(none, now=LATER)).then(
        Policy.Named, Policy.Set, event(Decision.Taken, objections=0)
    )
    reason = Override(rule="OBJECTIONS_RECORDED", rationale="The vote was secret.")
    overridden = take(method=DecisionMethod.VOTE, overrides=(reason,))
    given(PROPOSED).when(CHAIR.sends(overridden, now=LATER)).then(
        Policy.Named, Policy.Set, Decision.Taken, event(Deviation.Recorded, subject=DECISION)
    )


def test_member_objects_in_their_own_name() -> None:
    given(PROPOSED).when(MEMBER.sends(OBJECT)).then(
        event(Decision.Objected, participant_id=MEMBER.id, number=1, reasons=Sealed("Too many."))
    )


def test_member_objects_once_and_again_after_they_withdrew() -> None:
    again = MEMBER.sends(ObjectToDecision(command_id=id_of("again"), decision=DECISION))
    given(OBJECTED).when(again).then(AlreadyRecorded(kind="objection", id=OBJECTION))
    given(OBJECTED, MEMBER.sends(withdraw())).when(again).then(Decision.Objected)


@pytest.mark.parametrize("by", [COMMENTER])
def test_who_is_no_member_cannot_object(by: Person) -> None:
    given(PROPOSED).when(by.sends(OBJECT)).refusal(RoleRequired)
    named = ObjectToDecision(command_id=id_of("n"), decision=DECISION, participant=by.id)
    given(PROPOSED).when(SECRETARIAT.sends(named)).then(
        RoleRequired(needed=(Role.MAG_MEMBER, Role.MAG_CHAIR), at=NOW)
    )


def test_member_does_not_object_for_others() -> None:
    other = ObjectToDecision(command_id=id_of("o"), decision=DECISION, participant=OTHER_MEMBER.id)
    given(PROPOSED).when(MEMBER.sends(other)).refusal(RoleRequired)
    given(PROPOSED).when(SECRETARIAT.sends(other)).then(
        event(Decision.Objected, participant_id=OTHER_MEMBER.id)
    )


def test_objection_is_of_a_participant_or_of_a_name_or_of_a_number() -> None:
    named = ObjectToDecision(command_id=id_of("n"), decision=DECISION, name="Ann")
    given(PROPOSED).when(SECRETARIAT.sends(named)).then(
        event(Decision.Objected, participant_id=None, name=Sealed("Ann"), number=1)
    )
    both = ObjectToDecision(command_id=id_of("b"), decision=DECISION, name="Ann", number=2)
    problem = "give the participant, or else the name, or else the number of people."
    given(PROPOSED).when(SECRETARIAT.sends(both)).then(
        BadValue(field="participant", problem=problem)
    )


def test_objection_is_made_within_the_period() -> None:
    given(PROPOSED).when(MEMBER.sends(OBJECT, now=UNTIL)).then(ObjectionPeriodOver(until=UNTIL))


def test_objection_made_in_time_is_recorded_afterwards() -> None:
    in_time = ObjectToDecision(
        command_id=id_of("in time"),
        decision=DECISION,
        participant=MEMBER.id,
        occurred=Occurred.instant(UNTIL - timedelta(hours=1)),
    )
    given(PROPOSED).when(SECRETARIAT.sends(in_time, now=LATER)).then(Decision.Objected)


def test_objection_is_withdrawn_by_its_author_or_by_those_who_record() -> None:
    given(OBJECTED).when(OTHER_MEMBER.sends(withdraw())).refusal(RoleRequired)
    given(OBJECTED).when(SECRETARIAT.sends(withdraw())).then(Decision.ObjectionWithdrawn)
    unknown = WithdrawObjection(command_id=id_of("u"), decision=DECISION, objection=id_of("u"))
    given(OBJECTED).when(MEMBER.sends(unknown)).then(NotFound(kind="objection", id=str(id_of("u"))))


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
    given(BOTH).when(SentCommand(told, OPERATOR.caller, AFTER)).then(Decision.Annulled)


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


def test_objection_that_is_told_after_the_decision_was_taken_is_on_record() -> None:
    late = ObjectToDecision(
        command_id=id_of("late"),
        decision=DECISION,
        name="Ann",
        occurred=Occurred.instant(NOW + timedelta(days=1)),
    )
    told = given(TAKEN).when(SECRETARIAT.sends(late, now=AFTER))
    told.then(Decision.Objected)
    assert told.scenario.aggregate(Decision, DECISION).state is DecisionState.TAKEN


def test_selection_is_proposed_and_taken() -> None:
    proposed = CHAIR.sends(propose(approve("ai")))
    assessed = decide("x").assessment
    command = take(approve("ai"), assessment=assessed)
    outcome = given(CYCLE, submitted("ai"), proposed).when(CHAIR.sends(command, now=LATER))
    assert outcome.refused is None
    assert isinstance(outcome.scenario.appended[-1], Decision.Taken)
