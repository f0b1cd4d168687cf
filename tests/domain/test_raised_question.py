"""Questions: open until they are answered or withdrawn (DOMAIN row 16)."""

from dataclasses import replace
from typing import Any

import pytest

from intersessional.domain.command_handling.scenario import event
from intersessional.domain.cycle.commands import OpenCycle
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import BadValue, NotFound, RoleRequired
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.raised_question.commands import (
    AnswerQuestion,
    RaiseQuestion,
    WithdrawQuestion,
)
from intersessional.domain.raised_question.question_state import QuestionState
from intersessional.domain.raised_question.raised_question import RaisedQuestion
from intersessional.domain.raised_question.refusals import QuestionIsSettled
from tests.domain.actors import (
    CHAIR,
    COMMENTER,
    MEMBER,
    OTHER_MEMBER,
    SECRETARIAT,
    STRANGER,
    Person,
    id_of,
)
from tests.domain.given_when_then import NOW, given
from tests.domain.group_scenarios import APPROVED, GROUP
from tests.domain.scenarios import CYCLE, MEETING

RAISE = RaiseQuestion(
    command_id=id_of("raise"), year=2018, question="Who pays?", about=GROUP, meeting=MEETING
)
QUESTION = RAISE.created_id
RAISED = MEMBER.sends(RAISE)
ABOUT: dict[str, Any] = {"cycle_id": cycle_id(2018), "about_id": GROUP}


def answer(name: str = "answer", **fields: Any) -> AnswerQuestion:
    given_fields: dict[str, Any] = {"answer": "The donors."} | fields
    return AnswerQuestion(command_id=id_of(name), question=QUESTION, **given_fields)


WITHDRAW = WithdrawQuestion(command_id=id_of("withdraw"), question=QUESTION, reason="It is moot.")


@pytest.mark.parametrize("person", [MEMBER, CHAIR])
def test_member_raises_a_question_about_a_group(person: Person) -> None:
    given(APPROVED).when(person.sends(RAISE)).then(
        event(
            RaisedQuestion.Raised,
            **ABOUT,
            meeting_id=MEETING,
            raised_by=person.id,
            text=Sealed("Who pays?"),
        )
    )


def test_secretariat_records_who_raised_a_question_where_that_is_known() -> None:
    given(APPROVED).when(SECRETARIAT.sends(replace(RAISE, raised_by=MEMBER.id))).then(
        event(RaisedQuestion.Raised, raised_by=MEMBER.id)
    )
    given(APPROVED).when(SECRETARIAT.sends(RAISE)).then(
        event(RaisedQuestion.Raised, raised_by=None)
    )
    given(APPROVED).when(SECRETARIAT.sends(replace(RAISE, raised_by=STRANGER.id))).then(
        NotFound(kind="participant", id=str(STRANGER.id))
    )
    given(APPROVED).when(MEMBER.sends(replace(RAISE, raised_by=CHAIR.id))).then(
        BadValue(field="raised_by", problem="only the Secretariat records what somebody else said.")
    )


def test_question_of_someone_outside_the_mag_is_refused() -> None:
    given(APPROVED).when(COMMENTER.sends(RAISE)).then(
        RoleRequired(needed=(Role.SECRETARIAT, Role.MAG_CHAIR, Role.MAG_MEMBER), at=NOW)
    )


def test_question_about_nothing_or_at_the_meeting_of_another_cycle_is_refused() -> None:
    given(CYCLE).when(MEMBER.sends(RAISE)).then(NotFound(kind="subject", id=str(GROUP)))
    other_year = SECRETARIAT.sends(OpenCycle(command_id=id_of("open 2019"), year=2019))
    given(APPROVED, other_year).when(MEMBER.sends(replace(RAISE, year=2019))).then(
        BadValue(field="meeting", problem="it belongs to another cycle.")
    )


def test_question_that_is_answered_in_part_stays_open() -> None:
    partly = answer(complete=False)

    record = (
        given(APPROVED, RAISED)
        .when(CHAIR.sends(partly))
        .then(
            event(
                RaisedQuestion.PartlyAnswered,
                **ABOUT,
                answered_by=CHAIR.id,
                text=Sealed("The donors."),
            )
        )
    )

    assert record.aggregate(RaisedQuestion, QUESTION).state is QuestionState.PARTLY_ANSWERED
    record.when(SECRETARIAT.sends(answer("rest"))).then(
        event(RaisedQuestion.Answered, answered_by=None)
    )


@pytest.mark.parametrize(
    ("settled", "state"),
    [
        (CHAIR.sends(answer()), QuestionState.ANSWERED),
        (MEMBER.sends(WITHDRAW), QuestionState.WITHDRAWN),
    ],
)
def test_question_that_is_settled_takes_no_further_answer(
    settled: Any, state: QuestionState
) -> None:
    record = given(APPROVED, RAISED, settled)

    again = replace(WITHDRAW, command_id=id_of("again"))
    for command in (answer("late"), again):
        record.when(CHAIR.sends(command)).then(QuestionIsSettled(question=QUESTION, state=state))


def test_question_is_withdrawn_by_whoever_raised_it() -> None:
    withdrawn = event(RaisedQuestion.Withdrawn, **ABOUT, reason=Sealed("It is moot."))

    for person in (MEMBER, SECRETARIAT, CHAIR):
        given(APPROVED, RAISED).when(person.sends(WITHDRAW)).then(withdrawn)
    given(APPROVED, RAISED).when(OTHER_MEMBER.sends(WITHDRAW)).then(
        RoleRequired(needed=(Role.SECRETARIAT, Role.MAG_CHAIR), at=NOW)
    )


def test_answer_that_is_told_late_takes_its_place_before_the_one_that_settled_it() -> None:
    early = SECRETARIAT.sends(replace(RAISE, occurred=Occurred.parse("2018-04-01")))
    told_late = answer("late", complete=False, occurred=Occurred.parse("2018-04-02"))

    record = given(APPROVED, early, CHAIR.sends(answer())).when(SECRETARIAT.sends(told_late))

    question = record.then(RaisedQuestion.PartlyAnswered).aggregate(RaisedQuestion, QUESTION)
    assert (question.state, question.answers) == (QuestionState.ANSWERED, 2)
