"""The first meeting of the MAG in a cycle."""

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.kernel.ids import meeting_id
from intersessional.domain.meeting.meeting import Meeting
from intersessional.domain.meeting.meeting_state import MeetingKind

_FIRST = 1
"""The ordinal of the first meeting of a kind."""


async def find_first_meeting(context: CommandContext, year: int) -> Meeting | None:
    """The meeting of the MAG that is planned to begin first in a cycle; None where none is."""
    kinds = [None, *(kind.value for kind in MeetingKind)]
    found = [await context.find(Meeting, meeting_id(year, kind, _FIRST)) for kind in kinds]
    meetings = [meeting for meeting in found if meeting is not None]
    return min(meetings, key=lambda meeting: meeting.planned.begins, default=None)
