"""A decision without an assessment, and the meetings of other cycles."""

from intersessional.domain.command_handling.scenario import SentCommand
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.meeting.commands import ScheduleMeeting
from intersessional.domain.meeting.meeting_state import MeetingKind
from tests.domain.actors import (
    SECRETARIAT,
    id_of,
)
from tests.domain.scenarios import (
    decide,
)

AGREED = decide("agreed", rationale=None, assessment=None)


def a_meeting(year: int, held: str) -> SentCommand:
    """The Secretariat calls a second virtual meeting of the cycle."""
    return SECRETARIAT.sends(
        ScheduleMeeting(
            command_id=id_of(f"meeting {year}"),
            year=year,
            kind=MeetingKind.VIRTUAL,
            ordinal=2,
            held=Occurred.parse(held),
            label="Another meeting",
        )
    )
