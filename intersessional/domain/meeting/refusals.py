"""Refusals about meetings."""

from uuid import UUID

from intersessional.domain.kernel.refusals import Refused
from intersessional.domain.meeting.meeting_state import MeetingState


class MeetingIsOver(Refused):
    """The meeting was held or cancelled."""

    code = "MEETING_OVER"
    sentence = "The meeting is not ahead any more: it is {state}."
    meeting: UUID
    """The id of the meeting."""
    state: MeetingState
    """The state of the meeting: held or cancelled."""
