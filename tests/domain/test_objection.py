"""Objections to a proposed decision: who makes and withdraws them, and what they hold up."""

from datetime import timedelta

import pytest

from intersessional.domain.command_handling.scenario import event
from intersessional.domain.decision.decision import Decision
from intersessional.domain.decision.decision_method import DecisionMethod
from intersessional.domain.decision.decision_state import DecisionState
from intersessional.domain.decision.refusals import (
    ObjectionPeriodOpen,
    ObjectionPeriodOver,
    ObjectionsOpen,
)
from intersessional.domain.decision.steps.commands import (
    ObjectToDecision,
    WithdrawObjection,
)
from intersessional.domain.deviation.deviation import Deviation
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.fact import Fact
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
    OTHER_MEMBER,
    SECRETARIAT,
    Person,
    id_of,
)
from tests.domain.decision_scenarios import (
    AFTER,
    DECISION,
    LATER,
    OBJECT,
    OBJECTED,
    OBJECTION,
    PROPOSED,
    TAKEN,
    UNTIL,
    propose,
    take,
    withdraw,
)
from tests.domain.given_when_then import NOW, given
from tests.domain.scenarios import CYCLE


def test_objection_period_ends_after_the_proposal() -> None:
    given(CYCLE).when(CHAIR.sends(propose(objections_until=NOW))).then(
        BadValue(field="objections_until", problem="it is not after the proposal.")
    )


def test_decision_is_not_taken_while_objections_are_asked_for() -> None:
    given(PROPOSED).when(CHAIR.sends(take())).then(ObjectionPeriodOpen(until=UNTIL))
    given(PROPOSED).when(CHAIR.sends(take(), now=UNTIL)).then(
        Policy.Named, Policy.Set, Decision.Taken
    )


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
