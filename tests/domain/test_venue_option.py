"""Venue options: at most a hundred, and dropped by their id."""

from dataclasses import replace

from intersessional.domain.annual_meeting.annual_meeting import AnnualMeeting
from intersessional.domain.annual_meeting.annual_meeting_status import (
    VenueStatus,
)
from intersessional.domain.command_handling.scenario import event
from intersessional.domain.kernel.refusals import (
    BadValue,
    LimitReached,
    NotFound,
)
from intersessional.domain.kernel.sealed import Sealed
from tests.domain.actors import CHAIR, SECRETARIAT, id_of
from tests.domain.annual_meeting_commands import DROP, OPTION
from tests.domain.given_when_then import given
from tests.domain.scenarios import CYCLE


def test_a_venue_option_is_dropped_by_its_id() -> None:
    given(CYCLE, SECRETARIAT.sends(OPTION)).when(CHAIR.sends(DROP)).then(
        event(
            AnnualMeeting.VenueOptionChanged,
            option_id=OPTION.derived_id,
            rank=None,
            status=VenueStatus.DROPPED,
            reason=Sealed("No agreement."),
        )
    )
    unknown = id_of("unknown")
    for command, refused in [
        (replace(DROP, option=unknown), NotFound(kind="venue option", id=str(unknown))),
        (
            replace(DROP, status=None),
            BadValue(field="status", problem="give a status or a rank."),
        ),
        (replace(DROP, rank=0), BadValue(field="rank", problem="0 is not from 1 to 100.")),
    ]:
        given(CYCLE, SECRETARIAT.sends(OPTION)).when(CHAIR.sends(command)).then(refused)


def test_a_meeting_has_at_most_100_venue_options() -> None:
    options = [
        SECRETARIAT.sends(replace(OPTION, command_id=id_of(f"option {n}"))) for n in range(100)
    ]

    given(CYCLE, options).when(SECRETARIAT.sends(OPTION)).then(
        LimitReached(kind="venue options of a meeting", most=100)
    )
