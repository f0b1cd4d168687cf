"""Outreach that is logged (DOMAIN rows 26, 41)."""

from dataclasses import replace
from typing import Any

import pytest

from intersessional.domain.command_handling.scenario import event
from intersessional.domain.cycle.commands import OpenCycle
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import BadValue, RoleRequired
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.outreach.commands import LogOutreach
from intersessional.domain.outreach.outreach import Outreach
from tests.domain.actors import CHAIR, COMMENTER, FACILITATOR, MEMBER, SECRETARIAT, id_of
from tests.domain.given_when_then import NOW, given
from tests.domain.group_scenarios import DRAFT, DRAFTED, GROUP, WORKING

LOG = LogOutreach(
    command_id=id_of("log"),
    year=2018,
    group=GROUP,
    audience="Operators",
    forum="A regional meeting",
    took_place=Occurred.parse("2018-04-03"),
    text="The draft was shown.",
)


@pytest.mark.parametrize("person", [FACILITATOR, MEMBER, CHAIR, SECRETARIAT])
def test_facilitators_members_and_the_secretariat_log_outreach(person: Any) -> None:
    given(WORKING).when(person.sends(LOG)).then(
        event(
            Outreach.Logged,
            group_id=GROUP,
            cycle_id=cycle_id(2018),
            participant_id=person.id,
            audience=Sealed("Operators"),
            forum=Sealed("A regional meeting"),
            took_place=LOG.took_place,
        )
    )
    [logged] = given(WORKING).when(person.sends(LOG)).scenario.appended
    assert logged.act.occurred == LOG.took_place


def test_outreach_of_the_year_is_that_of_the_mag_and_the_secretariat() -> None:
    of_year = replace(LOG, group=None)
    roles = (Role.FACILITATOR, Role.MAG_MEMBER, Role.MAG_CHAIR, Role.SECRETARIAT)

    given(WORKING).when(MEMBER.sends(of_year)).then(event(Outreach.Logged, group_id=None))
    for person, command in ((FACILITATOR, of_year), (COMMENTER, LOG)):
        given(WORKING).when(person.sends(command)).then(RoleRequired(needed=roles, at=NOW))


def test_secretariat_logs_what_somebody_else_did() -> None:
    named = replace(LOG, participant=FACILITATOR.id)

    given(WORKING).when(SECRETARIAT.sends(named)).then(
        event(Outreach.Logged, participant_id=FACILITATOR.id)
    )
    given(WORKING).when(MEMBER.sends(named)).then(RoleRequired(needed=(Role.SECRETARIAT,), at=NOW))


def test_output_that_was_spread_is_one_of_the_group() -> None:
    spread = replace(LOG, draft=DRAFT)

    given(DRAFTED).when(FACILITATOR.sends(spread)).then(event(Outreach.Logged, draft_id=DRAFT))


def test_outreach_has_taken_place_in_a_cycle_of_the_group() -> None:
    other = SECRETARIAT.sends(OpenCycle(command_id=id_of("2019"), year=2019))

    given(WORKING).when(FACILITATOR.sends(replace(LOG, took_place=Occurred.parse("2018-12")))).then(
        BadValue(field="took_place", problem="it is yet to come.")
    )
    given(WORKING, other).when(FACILITATOR.sends(replace(LOG, year=2019))).then(
        BadValue(field="year", problem="the group is not of this cycle.")
    )
