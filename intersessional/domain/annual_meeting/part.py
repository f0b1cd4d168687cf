"""The part of the domain about annual meetings."""

from intersessional.domain.annual_meeting import handlers
from intersessional.domain.annual_meeting.annual_meeting import AnnualMeeting
from intersessional.domain.annual_meeting.commands import (
    CancelAnnualMeeting,
    ChangeVenueOption,
    ConfirmAnnualMeeting,
    CorrectAnnualMeeting,
    RecordVenueOption,
    RescheduleAnnualMeeting,
    SetTentativeDates,
)
from intersessional.domain.annual_meeting.refusals import AnnualMeetingNotConfirmed
from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.domain_part import DomainPart
from intersessional.domain.kernel.refusals import LimitReached

ANNUAL_MEETING_PART = DomainPart(
    aggregates=(AnnualMeeting,),
    command_handlers=(
        CommandHandler(RecordVenueOption, handlers.record_venue_option, (LimitReached,)),
        CommandHandler(ChangeVenueOption, handlers.change_venue_option),
        CommandHandler(SetTentativeDates, handlers.set_tentative_dates),
        CommandHandler(ConfirmAnnualMeeting, handlers.confirm_annual_meeting),
        CommandHandler(
            RescheduleAnnualMeeting,
            handlers.reschedule_annual_meeting,
            (AnnualMeetingNotConfirmed,),
        ),
        CommandHandler(
            CorrectAnnualMeeting, handlers.correct_annual_meeting, (AnnualMeetingNotConfirmed,)
        ),
        CommandHandler(CancelAnnualMeeting, handlers.cancel_annual_meeting),
    ),
)
