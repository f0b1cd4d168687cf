"""The part of the domain about meetings."""

from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.domain_part import DomainPart
from intersessional.domain.meeting import handlers
from intersessional.domain.meeting.commands import PublishSummary, ScheduleMeeting
from intersessional.domain.meeting.meeting import Meeting

MEETING_PART = DomainPart(
    aggregates=(Meeting,),
    command_handlers=(
        CommandHandler(ScheduleMeeting, handlers.schedule_meeting),
        CommandHandler(PublishSummary, handlers.publish_summary),
    ),
)
