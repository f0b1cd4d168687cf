"""The annual meeting: an option, tentative, confirmed, rescheduled."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from intersessional.domain.annual_meeting.annual_meeting import AnnualMeeting
from intersessional.domain.annual_meeting.annual_meeting_status import (
    AnnualMeetingStatus,
    VenueStatus,
)
from intersessional.domain.annual_meeting.commands import (
    CorrectAnnualMeeting,
    RescheduleAnnualMeeting,
)
from intersessional.domain.annual_meeting.refusals import AnnualMeetingNotConfirmed
from intersessional.domain.command_handling.command import Command
from intersessional.domain.command_handling.scenario import event
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.ids import annual_meeting_id, cycle_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import (
    AlreadyRecorded,
    BadValue,
    NotFound,
    RoleRequired,
    StaleVersion,
)
from intersessional.domain.kernel.sealed import Sealed
from tests.domain.actors import CHAIR, COMMENTER, MEMBER, SECRETARIAT, Person, id_of
from tests.domain.annual_meeting_commands import CANCEL, CONFIRM, DROP, OPTION, TENTATIVE
from tests.domain.given_when_then import NOW, given
from tests.domain.scenarios import CYCLE

MEETING = annual_meeting_id(2018)
MOVE = RescheduleAnnualMeeting(
    command_id=id_of("m"),
    year=2018,
    starts_on=date(2018, 12, 3),
    ends_on=date(2018, 12, 5),
    reason="The hall is taken.",
)
CORRECT = CorrectAnnualMeeting(
    command_id=id_of("correct"), year=2018, time_zone="Europe/Warsaw", reason="A slip."
)
CONFIRMED = SECRETARIAT.sends(CONFIRM)


def not_confirmed(
    status: AnnualMeetingStatus, at: Occurred | None = None
) -> AnnualMeetingNotConfirmed:
    return AnnualMeetingNotConfirmed(year=2018, status=status, at=(at or Occurred.instant(NOW)).at)


def test_annual_meeting_is_planned_by_its_first_command() -> None:
    given(CYCLE).when(SECRETARIAT.sends(OPTION)).then(
        event(AnnualMeeting.Named, originator_id=MEETING, cycle_id=cycle_id(2018), year=2018),
        event(
            AnnualMeeting.VenueOptionRecorded,
            rank=1,
            status=VenueStatus.PURSUED,
            description=Sealed("A host country in Asia."),
        ),
    )
    given(CYCLE, SECRETARIAT.sends(OPTION)).when(CHAIR.sends(TENTATIVE)).then(
        event(
            AnnualMeeting.Tentative,
            within=Occurred.parse("2018-12"),
            place=Sealed("Asia"),
            condition=Sealed("If it can be agreed."),
        )
    )


def test_annual_meeting_is_confirmed_and_then_moved() -> None:
    given(CYCLE, SECRETARIAT.sends(TENTATIVE)).when(CONFIRMED).then(
        event(
            AnnualMeeting.Confirmed,
            starts_on=date(2018, 11, 12),
            ends_on=date(2018, 11, 14),
            place=Sealed("Paris"),
            time_zone="Europe/Paris",
        )
    )
    other_days = replace(CONFIRM, command_id=id_of("again"), ends_on=date(2018, 11, 15))
    for command in (other_days, TENTATIVE):
        given(CYCLE, CONFIRMED).when(SECRETARIAT.sends(command)).then(
            AlreadyRecorded(kind="annual meeting", id=MEETING)
        )
    given(CYCLE, CONFIRMED).when(SECRETARIAT.sends(MOVE)).then(
        event(
            AnnualMeeting.Rescheduled,
            starts_on=date(2018, 12, 3),
            ends_on=date(2018, 12, 5),
            reason=Sealed("The hall is taken."),
        )
    )


def test_unconfirmed_meeting_is_not_moved() -> None:
    given(CYCLE).when(SECRETARIAT.sends(MOVE)).then(
        NotFound(kind="annual meeting", id=str(MEETING))
    )
    given(CYCLE, SECRETARIAT.sends(TENTATIVE)).when(SECRETARIAT.sends(MOVE)).then(
        not_confirmed(AnnualMeetingStatus.TENTATIVE)
    )


@pytest.mark.parametrize("command", [OPTION, TENTATIVE])
@pytest.mark.parametrize("person", [MEMBER, COMMENTER])
def test_annual_meeting_recorded_by_another_role_is_refused(
    person: Person, command: Command
) -> None:
    given(CYCLE).when(person.sends(command)).then(
        RoleRequired(needed=(Role.SECRETARIAT, Role.MAG_CHAIR), at=NOW)
    )


@pytest.mark.parametrize("command", [CONFIRM, MOVE])
@pytest.mark.parametrize("person", [CHAIR, MEMBER, COMMENTER])
def test_meeting_is_confirmed_and_moved_only_by_the_secretariat(
    person: Person, command: Command
) -> None:
    given(CYCLE).when(person.sends(command)).then(RoleRequired(needed=(Role.SECRETARIAT,), at=NOW))


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "field"),
    [
        ("2018-11-14", "2018-11-12", "ends_on"),
        ("2017-12-31", "2018-01-02", "starts_on"),
        ("2020-01-01", "2020-01-02", "starts_on"),
        ("2018-11-12", "2020-01-01", "starts_on"),
        ("0001-01-01", "0001-01-02", "starts_on"),
        ("9999-12-30", "9999-12-31", "starts_on"),
    ],
)
def test_annual_meeting_is_in_its_year_or_the_year_after(
    starts_on: str, ends_on: str, field: str
) -> None:
    days: dict[str, Any] = {
        "starts_on": date.fromisoformat(starts_on),
        "ends_on": date.fromisoformat(ends_on),
    }

    for command, history in [(CONFIRM, (CYCLE,)), (MOVE, (CYCLE, CONFIRMED))]:
        outcome = given(*history).when(SECRETARIAT.sends(replace(command, **days)))
        assert isinstance(outcome.refused, BadValue)
        assert outcome.refused.field == field


@pytest.mark.parametrize(
    ("command", "refused"),
    [
        (replace(OPTION, year=2017), NotFound(kind="cycle", id=str(cycle_id(2017)))),
        (replace(OPTION, rank=0), BadValue(field="rank", problem="0 is not from 1 to 100.")),
        (replace(OPTION, description=""), BadValue(field="description", problem="it is empty.")),
        (
            replace(TENTATIVE, place="A\nB"),
            BadValue(field="place", problem="it has more than one line."),
        ),
        (
            replace(CONFIRM, time_zone="Europe/Pariss"),
            BadValue(
                field="time_zone", problem="'Europe/Pariss' is not in the IANA time zone database."
            ),
        ),
        (
            replace(CONFIRM, time_zone="../../etc/passwd"),
            BadValue(
                field="time_zone",
                problem="'../../etc/passwd' is not in the IANA time zone database.",
            ),
        ),
        (replace(OPTION, expected_version=1), StaleVersion(id=MEETING, expected=1, actual=0)),
    ],
)
def test_annual_meeting_with_a_malformed_value_is_refused(
    command: Command, refused: BadValue | NotFound | StaleVersion
) -> None:
    given(CYCLE).when(SECRETARIAT.sends(command)).then(refused)


def test_annual_meeting_changed_meanwhile_is_stale() -> None:
    for command in (OPTION, MOVE):
        stale = replace(command, expected_version=1)
        given(CYCLE, CONFIRMED).when(SECRETARIAT.sends(stale)).then(
            StaleVersion(id=MEETING, expected=1, actual=2)
        )
    given(CYCLE).when(SECRETARIAT.sends(replace(OPTION, expected_version=0))).then(
        AnnualMeeting.Named, AnnualMeeting.VenueOptionRecorded
    )


def test_the_same_days_can_be_confirmed_again() -> None:
    again = replace(CONFIRM, command_id=id_of("again"), place="UNESCO headquarters, Paris")

    given(CYCLE, CONFIRMED).when(SECRETARIAT.sends(again)).then(
        event(
            AnnualMeeting.Confirmed,
            starts_on=date(2018, 11, 12),
            place=Sealed("UNESCO headquarters, Paris"),
        )
    )


def test_a_meeting_can_be_moved_to_another_place() -> None:
    elsewhere = replace(MOVE, place="Katowice", time_zone="Europe/Warsaw")

    record = (
        given(CYCLE, CONFIRMED)
        .when(SECRETARIAT.sends(elsewhere))
        .then(event(AnnualMeeting.Rescheduled, place=Sealed("Katowice"), time_zone="Europe/Warsaw"))
    )

    assert record.aggregate(AnnualMeeting, MEETING).time_zone == "Europe/Warsaw"


def test_a_meeting_is_neither_moved_nor_a_venue_changed_before_it_was_told_to_be_there() -> None:
    day = Occurred.parse("2018-03-01")
    history = [SECRETARIAT.sends(one) for one in (CONFIRM, OPTION)]

    given(CYCLE, history).when(SECRETARIAT.sends(replace(MOVE, occurred=day))).then(
        not_confirmed(AnnualMeetingStatus.PLANNED, day)
    )
    given(CYCLE, history).when(SECRETARIAT.sends(replace(DROP, occurred=day))).then(
        NotFound(kind="venue option", id=str(OPTION.derived_id))
    )


def test_place_and_time_zone_of_a_confirmed_meeting_are_corrected_with_a_reason() -> None:
    given(CYCLE, SECRETARIAT.sends(TENTATIVE)).when(SECRETARIAT.sends(CORRECT)).then(
        not_confirmed(AnnualMeetingStatus.TENTATIVE)
    )
    given(CYCLE, CONFIRMED).when(SECRETARIAT.sends(replace(CORRECT, time_zone=None))).then(
        BadValue(field="place", problem="give a place or a time zone.")
    )
    record = (
        given(CYCLE, CONFIRMED)
        .when(SECRETARIAT.sends(CORRECT))
        .then(
            event(
                AnnualMeeting.Corrected,
                place=None,
                time_zone="Europe/Warsaw",
                reason=Sealed("A slip."),
            )
        )
    )

    meeting = record.aggregate(AnnualMeeting, MEETING)
    assert (meeting.status, meeting.time_zone) == (AnnualMeetingStatus.CONFIRMED, "Europe/Warsaw")


def test_a_cancelled_meeting_has_no_days_until_it_is_confirmed_again() -> None:
    again = replace(CONFIRM, command_id=id_of("again"), ends_on=date(2018, 11, 15))
    cancelled = given(CYCLE, CONFIRMED, SECRETARIAT.sends(CANCEL))

    cancelled.when(SECRETARIAT.sends(MOVE)).then(not_confirmed(AnnualMeetingStatus.CANCELLED))
    cancelled.when(SECRETARIAT.sends(replace(CANCEL, command_id=id_of("twice")))).then(
        AlreadyRecorded(kind="cancellation", id=MEETING)
    )
    cancelled.when(SECRETARIAT.sends(again)).then(
        event(AnnualMeeting.Confirmed, ends_on=date(2018, 11, 15))
    )


TOLD = (
    replace(OPTION, occurred=Occurred.parse("2018-03-01")),
    replace(TENTATIVE, occurred=Occurred.parse("2018-03-10")),
    replace(CONFIRM, occurred=Occurred.parse("2018-03-20")),
    replace(MOVE, occurred=Occurred.parse("2018-03-30"), time_zone="Europe/Warsaw"),
)


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (2, 1, 0, 3), (2, 3, 1, 0), (1, 2, 3, 0)])
def test_told_in_any_order_the_meeting_is_the_same_at_every_time(order: tuple[int, ...]) -> None:
    record = given(CYCLE, [SECRETARIAT.sends(TOLD[n]) for n in order])

    meeting = record.aggregate(AnnualMeeting, MEETING)
    states = [meeting.at(Occurred.parse(f"2018-03-{day}")) for day in (10, 20, 30)]
    assert [
        (one.status, one.starts_on and one.starts_on.month, one.time_zone) for one in states
    ] == [
        (AnnualMeetingStatus.TENTATIVE, None, None),
        (AnnualMeetingStatus.CONFIRMED, 11, "Europe/Paris"),
        (AnnualMeetingStatus.RESCHEDULED, 12, "Europe/Warsaw"),
    ]


@pytest.mark.parametrize("command", [CORRECT, CANCEL])
@pytest.mark.parametrize("person", [CHAIR, MEMBER, COMMENTER])
def test_a_meeting_is_corrected_and_cancelled_only_by_the_secretariat(
    person: Person, command: Command
) -> None:
    given(CYCLE, CONFIRMED).when(person.sends(command)).then(
        RoleRequired(needed=(Role.SECRETARIAT,), at=NOW)
    )
