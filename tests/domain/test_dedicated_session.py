"""Sessions of groups at the annual meeting (DOMAIN row 38)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from intersessional.domain.annual_meeting.commands import ConfirmAnnualMeeting
from intersessional.domain.command_handling.scenario import event
from intersessional.domain.cycle.commands import OpenCycle
from intersessional.domain.dedicated_session.commands import (
    CancelSession,
    RecordSessionHeld,
    RequestSession,
    ScheduleSession,
)
from intersessional.domain.dedicated_session.dedicated_session import DedicatedSession
from intersessional.domain.dedicated_session.refusals import SessionIsOver
from intersessional.domain.dedicated_session.session_state import SessionState
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import BadValue, RoleRequired
from intersessional.domain.kernel.sealed import Sealed
from tests.domain.actors import COMMENTER, FACILITATOR, SECRETARIAT, id_of
from tests.domain.given_when_then import NOW, given
from tests.domain.group_scenarios import GROUP, WORKING

REQUEST = RequestSession(command_id=id_of("request"), group=GROUP, year=2018, title="Norms")
SESSION = REQUEST.created_id
REQUESTED = (*WORKING, FACILITATOR.sends(REQUEST))
CONFIRMED = SECRETARIAT.sends(
    ConfirmAnnualMeeting(
        command_id=id_of("confirm"),
        year=2018,
        starts_on=date(2018, 11, 12),
        ends_on=date(2018, 11, 14),
        place="Paris",
        time_zone="Europe/Paris",
    )
)
HELD = RecordSessionHeld(
    command_id=id_of("held"),
    session=SESSION,
    began=Occurred.parse("2018-11-13T09:00:00Z"),
    record="Norms were discussed.",
)
CANCEL = CancelSession(command_id=id_of("cancel"), session=SESSION, reason="No time is left.")
LATER = NOW.replace(month=12)


def schedule(planned: str, **fields: Any) -> ScheduleSession:
    return ScheduleSession(
        command_id=id_of(f"schedule {planned}"),
        session=SESSION,
        planned=Occurred.parse(planned),
        **fields,
    )


def test_group_requests_a_session_of_its_own() -> None:
    for person in (FACILITATOR, SECRETARIAT):
        given(WORKING).when(person.sends(REQUEST)).then(
            event(
                DedicatedSession.Requested,
                group_id=GROUP,
                cycle_id=cycle_id(2018),
                title=Sealed("Norms"),
            )
        )
    given(WORKING).when(COMMENTER.sends(REQUEST)).then(
        RoleRequired(needed=(Role.FACILITATOR, Role.SECRETARIAT), at=NOW)
    )


def test_session_is_of_a_cycle_to_which_the_group_belongs() -> None:
    other = SECRETARIAT.sends(OpenCycle(command_id=id_of("2019"), year=2019))

    given(WORKING, other).when(FACILITATOR.sends(replace(REQUEST, year=2019))).then(
        BadValue(field="year", problem="the group is not of this cycle.")
    )


def test_secretariat_schedules_a_session_in_the_zone_of_the_annual_meeting() -> None:
    command = schedule("2018-11-13T09:00:00Z", duration_minutes=90, venue="Hall XI")

    given(REQUESTED, CONFIRMED).when(SECRETARIAT.sends(command)).then(
        event(
            DedicatedSession.Scheduled,
            planned=Occurred.parse("2018-11-13T09:00:00Z"),
            duration_minutes=90,
            time_zone="Europe/Paris",
            venue=Sealed("Hall XI"),
        )
    )
    given(REQUESTED, CONFIRMED).when(FACILITATOR.sends(command)).then(
        RoleRequired(needed=(Role.SECRETARIAT,), at=NOW)
    )


@pytest.mark.parametrize(
    ("planned", "fits"),
    [
        ("2018-11-10", False),
        ("2018-11-10T23:30:00Z", True),
        ("2018-11-11", True),
        ("2018-11-14T22:59:00Z", True),
        ("2018-11-14T23:00:00Z", False),
        ("2018-11", True),
    ],
)
def test_session_is_within_the_days_of_the_meeting_or_on_the_day_before(
    planned: str, fits: bool
) -> None:
    given(REQUESTED, CONFIRMED).when(SECRETARIAT.sends(schedule(planned))).then(
        DedicatedSession.Scheduled
        if fits
        else BadValue(field="planned", problem="it is on none of the days of the annual meeting.")
    )


def test_session_has_a_time_while_the_days_of_the_meeting_are_open() -> None:
    given(REQUESTED).when(SECRETARIAT.sends(schedule("2018-12-01"))).then(
        event(DedicatedSession.Scheduled, time_zone=None)
    )


def test_session_that_was_held_has_its_record() -> None:
    for person in (FACILITATOR, SECRETARIAT):
        given(REQUESTED).when(person.sends(HELD, LATER)).then(
            event(
                DedicatedSession.Held,
                began=HELD.began,
                record=Sealed("Norms were discussed."),
            )
        )
    [held] = given(REQUESTED).when(FACILITATOR.sends(HELD, LATER)).scenario.appended
    assert held.act.occurred == HELD.began
    given(REQUESTED).when(FACILITATOR.sends(HELD)).then(
        BadValue(field="began", problem="it is yet to come.")
    )


def test_session_is_held_or_cancelled_once() -> None:
    given(REQUESTED).when(FACILITATOR.sends(CANCEL)).then(DedicatedSession.Cancelled)
    cancelled = SessionIsOver(session=SESSION, state=SessionState.CANCELLED)
    for command in (HELD, replace(CANCEL, command_id=id_of("again"))):
        given(REQUESTED, FACILITATOR.sends(CANCEL)).when(FACILITATOR.sends(command, LATER)).then(
            cancelled
        )
    given(REQUESTED, FACILITATOR.sends(HELD, LATER)).when(
        SECRETARIAT.sends(schedule("2018-11-13"), LATER)
    ).then(SessionIsOver(session=SESSION, state=SessionState.HELD))
