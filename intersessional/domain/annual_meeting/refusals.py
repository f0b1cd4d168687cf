"""Refusals about annual meetings."""

from intersessional.domain.annual_meeting.annual_meeting_status import AnnualMeetingStatus
from intersessional.domain.kernel.refusals import Refused


class AnnualMeetingNotConfirmed(Refused):
    """The annual meeting has no confirmed days at the time of the fact, or was cancelled."""

    code = "ANNUAL_MEETING_NOT_CONFIRMED"
    sentence = (
        "The annual meeting of {year} has no confirmed days at {at}: it is {status}. Confirm it "
        "first, as of that time or before."
    )
    year: int
    """The year of the cycle."""
    status: AnnualMeetingStatus
    """The status of the annual meeting at that time."""
    at: str
    """The time of the fact."""
