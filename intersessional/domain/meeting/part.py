"""The part of the domain about meetings."""

from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.domain_part import DomainPart
from intersessional.domain.group.refusals import GroupHasConcluded
from intersessional.domain.meeting import handlers
from intersessional.domain.meeting.commands import (
    CancelMeeting,
    MoveMeeting,
    PublishSummary,
    RecordMeetingHeld,
    ScheduleGroupMeeting,
    ScheduleMeeting,
)
from intersessional.domain.meeting.meeting import Meeting
from intersessional.domain.meeting.refusals import MeetingIsOver

MEETING_PART = DomainPart(
    aggregates=(Meeting,),
    command_handlers=(
        CommandHandler(ScheduleMeeting, handlers.schedule_meeting),
        CommandHandler(ScheduleGroupMeeting, handlers.schedule_group_meeting, (GroupHasConcluded,)),
        CommandHandler(MoveMeeting, handlers.move_meeting, (MeetingIsOver,)),
        CommandHandler(RecordMeetingHeld, handlers.record_meeting_held, (MeetingIsOver,)),
        CommandHandler(CancelMeeting, handlers.cancel_meeting, (MeetingIsOver,)),
        CommandHandler(PublishSummary, handlers.publish_summary, (MeetingIsOver,)),
    ),
)
