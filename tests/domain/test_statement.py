"""Deliberations and statements on proposals (DOMAIN rows 11, 21)."""

from dataclasses import replace
from typing import Any

import pytest

from intersessional.domain.command_handling.scenario import event
from intersessional.domain.deliberation.commands import OpenDeliberation
from intersessional.domain.deliberation.deliberation import Deliberation
from intersessional.domain.deliberation.deliberation_channel import DeliberationChannel
from intersessional.domain.deviation.deviation import Deviation
from intersessional.domain.kernel.act import Ground, Provenance, Role
from intersessional.domain.kernel.fact import Fact
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import BadValue, RoleRequired
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.proposal.proposal_state import ProposalState
from intersessional.domain.proposal.refusals import ProposalFrozen
from intersessional.domain.rule.soft_rule import RuleStrength
from intersessional.domain.statement.commands import RecordStatement, WithdrawStatement
from intersessional.domain.statement.refusals import (
    RevisionNotThere,
    StatementIsWithdrawn,
    StatementOfAnother,
)
from intersessional.domain.statement.stance import Stance
from intersessional.domain.statement.statement import Statement
from tests.domain.actors import (
    CHAIR,
    COMMENTER,
    MEMBER,
    OPERATOR,
    OTHER_MEMBER,
    SECRETARIAT,
    id_of,
)
from tests.domain.given_when_then import NOW, given
from tests.domain.scenarios import (
    CYCLE,
    MEETING,
    moot,
    proposal_id,
    revise,
    submitted,
    withdraw,
)

AI = proposal_id("ai")
WRITTEN = (*CYCLE, *submitted("ai"))


def state(name: str = "state", **fields: Any) -> RecordStatement:
    """A statement in support of the first revision."""
    given_fields: dict[str, Any] = {
        "proposal": AI,
        "revision": 1,
        "stance": Stance.SUPPORT,
        "text": "It is timely.",
    } | fields
    return RecordStatement(command_id=id_of(name), **given_fields)


OPEN = OpenDeliberation(
    command_id=id_of("deliberate"), proposal=AI, channel=DeliberationChannel.CALL, meeting=MEETING
)


def test_deliberation_is_opened_on_the_revision_that_there_is() -> None:
    given(WRITTEN, MEMBER.sends(revise("ai"))).when(CHAIR.sends(OPEN)).then(
        event(
            Deliberation.Opened,
            proposal_id=AI,
            revision=2,
            channel=DeliberationChannel.CALL,
            meeting_id=MEETING,
        )
    )
    given(WRITTEN).when(COMMENTER.sends(OPEN)).then(
        RoleRequired(needed=(Role.SECRETARIAT, Role.MAG_CHAIR), at=NOW)
    )


def test_decided_or_withdrawn_proposal_is_not_deliberated_any_more() -> None:
    given(WRITTEN, MEMBER.sends(withdraw("ai"))).when(SECRETARIAT.sends(OPEN)).then(
        ProposalFrozen(proposal=AI, state=ProposalState.WITHDRAWN)
    )


def test_member_takes_a_stance_on_a_revision_in_their_own_name() -> None:
    given(WRITTEN).when(OTHER_MEMBER.sends(state())).then(
        event(
            Statement.Recorded,
            cycle_id=cycle_id(2018),
            proposal_id=AI,
            revision=1,
            person=None,
            name=None,
            stance=Stance.SUPPORT,
            text=Sealed("It is timely."),
            raises_scope_concern=False,
        )
    )
    given(WRITTEN).when(MEMBER.sends(state(author=OTHER_MEMBER.id))).then(
        BadValue(field="author", problem="only the Secretariat records what somebody else stated.")
    )
    given(WRITTEN).when(COMMENTER.sends(state())).then(
        RoleRequired(needed=(Role.SECRETARIAT, Role.MAG_CHAIR, Role.MAG_MEMBER), at=NOW)
    )


def test_statement_on_a_revision_that_there_was_not_is_refused() -> None:
    for revision in (0, 2, -1):
        given(WRITTEN).when(MEMBER.sends(state(revision=revision))).then(
            RevisionNotThere(proposal=AI, revision=revision, first=1, last=1)
        )
    revised = given(WRITTEN, MEMBER.sends(revise("ai")))
    for revision in (1, 2):
        revised.when(MEMBER.sends(state(revision=revision))).then(Statement.Recorded)


def test_proposal_that_is_mooted_is_stated_on_as_it_was_mooted() -> None:
    mooted = moot("cenb").derived_id
    history = (CYCLE, MEMBER.sends(moot("cenb")))

    given(*history).when(MEMBER.sends(state(proposal=mooted, revision=0))).then(Statement.Recorded)
    given(*history).when(MEMBER.sends(state(proposal=mooted))).then(
        RevisionNotThere(proposal=mooted, revision=1, first=0, last=0)
    )


def test_statement_told_late_cites_a_revision_of_its_own_time() -> None:
    late = state(author_name="Ann", source="The list.", occurred=Occurred.parse("2018-04-03"))

    given(WRITTEN).when(SECRETARIAT.sends(late)).then(
        RevisionNotThere(proposal=AI, revision=1, first=0, last=0)
    )


@pytest.mark.parametrize(
    ("fields", "field", "problem"),
    [
        ({}, "author", "name who stated it."),
        ({"author_name": "Ann"}, "source", "say where it was stated."),
        (
            {"author": MEMBER.id, "author_name": "Ann"},
            "author_name",
            "name a participant or give a name, not both.",
        ),
        (
            {"author_name": "Ann", "source": "The list.", "text": None},
            "text",
            "only what a source tells may lack its text.",
        ),
    ],
)
def test_secretariat_says_who_stated_it_and_where(
    fields: dict[str, Any], field: str, problem: str
) -> None:
    given(WRITTEN).when(SECRETARIAT.sends(state(**fields))).then(
        BadValue(field=field, problem=problem)
    )


def test_statement_of_another_is_recorded_as_the_source_names_them() -> None:
    source = "https://mail.example/2018-April/1"

    given(WRITTEN).when(SECRETARIAT.sends(state(author_name="Ann", source=source))).then(
        event(Statement.Recorded, name=Sealed("Ann"), person=None, source=Sealed(source))
    )
    given(WRITTEN).when(SECRETARIAT.sends(state(author=MEMBER.id, meeting=MEETING))).then(
        event(Statement.Recorded, name=None, person=Sealed(str(MEMBER.id)), meeting_id=MEETING)
    )


def test_imported_statement_may_lack_its_author_and_its_text() -> None:
    imported = state(text=None, provenance=Provenance(Ground.IMPORTED))

    given(WRITTEN).when(OPERATOR.sends(imported)).then(
        event(Statement.Recorded, text=None, person=None, name=None)
    )


def test_concern_about_the_scope_goes_through_and_flags_the_proposal() -> None:
    concern = state(stance=Stance.OPPOSITION, text="It is policy.", raises_scope_concern=True)

    given(WRITTEN).when(OTHER_MEMBER.sends(concern)).then(
        event(Statement.Recorded, raises_scope_concern=True),
        event(
            Deviation.Recorded,
            rule="PRACTICES_COLLECTED",
            strength=RuleStrength.FLAG,
            subject=AI,
            cycle_id=cycle_id(2018),
            facts=(
                Fact("revision", number=1),
                Fact("statement", word=str(concern.derived_id)),
            ),
        ),
    )


TAKE_BACK = WithdrawStatement(
    command_id=id_of("take back"), statement=state().derived_id, reason="It was answered."
)


def test_statement_is_withdrawn_by_who_made_it_once_and_its_text_stays() -> None:
    stated = given(WRITTEN, OTHER_MEMBER.sends(state()))

    withdrawn = stated.when(OTHER_MEMBER.sends(TAKE_BACK)).then(
        event(Statement.Withdrawn, proposal_id=AI, reason=Sealed("It was answered."))
    )

    assert withdrawn.appended[0].CLOSES == ()
    again = replace(TAKE_BACK, command_id=id_of("again"))
    withdrawn.when(OTHER_MEMBER.sends(again)).then(
        StatementIsWithdrawn(statement=TAKE_BACK.statement)
    )


def test_statement_of_somebody_else_is_withdrawn_by_the_secretariat_only() -> None:
    stated = given(WRITTEN, OTHER_MEMBER.sends(state()))

    stated.when(MEMBER.sends(TAKE_BACK)).then(StatementOfAnother(statement=TAKE_BACK.statement))
    stated.when(SECRETARIAT.sends(TAKE_BACK)).then(Statement.Withdrawn)


def test_member_withdraws_what_the_secretariat_recorded_of_them() -> None:
    recorded = state(author=MEMBER.id, source="The list, 5 April.")
    stated = given(WRITTEN, SECRETARIAT.sends(recorded))

    stated.when(MEMBER.sends(TAKE_BACK)).then(Statement.Withdrawn)
