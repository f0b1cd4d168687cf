"""The view of annual meetings."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import permutations
from typing import Any

import pytest

from intersessional.domain.annual_meeting.annual_meeting import AnnualMeeting
from intersessional.domain.annual_meeting.annual_meeting_status import (
    AnnualMeetingStatus,
    VenueStatus,
)
from intersessional.domain.command_handling.command import Command
from intersessional.domain.kernel.ids import annual_meeting_id, cycle_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.projections.annual_meetings import (
    ANNUAL_MEETINGS,
    AnnualMeetingDocument,
    VenueOptionDocument,
)
from tests.domain.actors import SECRETARIAT
from tests.domain.annual_meeting_commands import CANCEL, CONFIRM, OPTION, TENTATIVE
from tests.domain.given_when_then import given
from tests.domain.scenarios import CYCLE as CYCLE_OPENED
from tests.projections.event_history import EventHistory, id_of
from tests.projections.test_order_of_effect import as_recorded, documents

CYCLE = cycle_id(2018)
PARENTS: dict[str, Any] = {"cycle_id": CYCLE, "year": 2018}
PLANNED = AnnualMeetingDocument(cycle_id=CYCLE)
CONFIRMED = replace(
    PLANNED,
    status=AnnualMeetingStatus.CONFIRMED,
    place=Sealed("Paris"),
    starts_on=date(2018, 11, 12),
    ends_on=date(2018, 11, 14),
    time_zone="Europe/Paris",
)


@pytest.fixture
def history() -> EventHistory:
    return EventHistory()


@pytest.fixture
def meeting(history: EventHistory) -> AnnualMeeting:
    return history.begin(
        AnnualMeeting, AnnualMeeting.Named, annual_meeting_id(2018), cycle_id=CYCLE, year=2018
    )


def _document(history: EventHistory) -> AnnualMeetingDocument | None:
    return history.document(ANNUAL_MEETINGS, annual_meeting_id(2018))


def _set_tentatively(history: EventHistory, meeting: AnnualMeeting) -> None:
    history.append(
        meeting,
        AnnualMeeting.Tentative,
        **PARENTS,
        within=Occurred.parse("2018-12"),
        place=Sealed("Asia"),
        condition=Sealed("if it is held in Asia"),
    )


def _confirm(history: EventHistory, meeting: AnnualMeeting) -> None:
    history.append(
        meeting,
        AnnualMeeting.Confirmed,
        **PARENTS,
        starts_on=date(2018, 11, 12),
        ends_on=date(2018, 11, 14),
        place=Sealed("Paris"),
        time_zone="Europe/Paris",
    )


def test_venue_options_are_shown_with_the_status_that_they_have(
    history: EventHistory, meeting: AnnualMeeting
) -> None:
    for rank, name in ((1, "a host country"), (2, "premises of the United Nations")):
        history.append(
            meeting,
            AnnualMeeting.VenueOptionRecorded,
            **PARENTS,
            option_id=id_of(name),
            rank=rank,
            status=VenueStatus.PURSUED,
            description=Sealed(name),
        )
    history.append(
        meeting,
        AnnualMeeting.VenueOptionChanged,
        **PARENTS,
        option_id=id_of("a host country"),
        rank=None,
        status=VenueStatus.DROPPED,
        reason=Sealed("no agreement"),
    )

    host, united_nations = "a host country", "premises of the United Nations"
    assert _document(history) == replace(
        PLANNED,
        options=(
            VenueOptionDocument(
                id_of(host), 1, VenueStatus.DROPPED, Sealed(host), Sealed("no agreement")
            ),
            VenueOptionDocument(
                id_of(united_nations), 2, VenueStatus.PURSUED, Sealed(united_nations)
            ),
        ),
    )


def test_a_meeting_is_tentative_then_confirmed(
    history: EventHistory, meeting: AnnualMeeting
) -> None:
    _set_tentatively(history, meeting)
    tentative = _document(history)
    _confirm(history, meeting)

    assert tentative == replace(
        PLANNED,
        status=AnnualMeetingStatus.TENTATIVE,
        place=Sealed("Asia"),
        condition=Sealed("if it is held in Asia"),
        within=Occurred.parse("2018-12"),
    )
    assert _document(history) == CONFIRMED


def test_a_confirmed_meeting_is_not_tentative_again(
    history: EventHistory, meeting: AnnualMeeting
) -> None:
    _confirm(history, meeting)
    _set_tentatively(history, meeting)

    assert _document(history) == CONFIRMED


def test_a_confirmed_meeting_is_moved_corrected_and_cancelled(
    history: EventHistory, meeting: AnnualMeeting
) -> None:
    _confirm(history, meeting)
    history.append(
        meeting,
        AnnualMeeting.Rescheduled,
        **PARENTS,
        starts_on=date(2018, 12, 3),
        ends_on=date(2018, 12, 5),
        place=Sealed("Katowice"),
        time_zone="Europe/Warsaw",
        reason=Sealed("the hall was taken"),
    )
    moved = _document(history)
    history.append(
        meeting,
        AnnualMeeting.Corrected,
        **PARENTS,
        place=Sealed("Krakow"),
        time_zone=None,
        reason=Sealed("a slip"),
    )
    corrected = _document(history)
    history.append(meeting, AnnualMeeting.Cancelled, **PARENTS, reason=Sealed("a strike"))

    expected = replace(
        CONFIRMED,
        status=AnnualMeetingStatus.RESCHEDULED,
        place=Sealed("Katowice"),
        starts_on=date(2018, 12, 3),
        ends_on=date(2018, 12, 5),
        time_zone="Europe/Warsaw",
        reason=Sealed("the hall was taken"),
    )
    assert moved == expected
    expected = replace(expected, place=Sealed("Krakow"), reason=Sealed("a slip"))
    assert corrected == expected
    assert _document(history) == replace(
        expected, status=AnnualMeetingStatus.CANCELLED, reason=Sealed("a strike")
    )


TOLD = (
    replace(OPTION, occurred=Occurred.parse("2018-01-10")),
    replace(TENTATIVE, occurred=Occurred.parse("2018-02-10")),
    replace(CONFIRM, occurred=Occurred.parse("2018-03-10")),
    replace(CANCEL, occurred=Occurred.parse("2018-03-20")),
)


@pytest.mark.parametrize("told", [one for one in permutations(TOLD) if one[0] is not TOLD[3]])
def test_told_in_any_order_the_meeting_is_shown_the_same_at_every_instant(
    told: Sequence[Command],
) -> None:
    record = given(CYCLE_OPENED, [SECRETARIAT.sends(one) for one in told])

    events = as_recorded(record.events())
    shown: list[tuple[object, ...] | None] = []
    for month, day in ((1, 5), (2, 5), (3, 5), (3, 15), (4, 1)):
        instant = datetime(2018, month, day, tzinfo=UTC)
        one = documents(ANNUAL_MEETINGS, events, instant).get(annual_meeting_id(2018))
        shown.append(one and (one["status"], one["starts_on"], len(one["options"])))
    assert shown == [
        None,
        ("PLANNED", None, 1),
        ("TENTATIVE", None, 1),
        ("CONFIRMED", "2018-11-12", 1),
        ("CANCELLED", "2018-11-12", 1),
    ]
