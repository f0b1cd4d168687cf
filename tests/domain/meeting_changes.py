"""Commands that call, move, hold and cancel a meeting."""

from typing import Any

from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.meeting.commands import (
    CancelMeeting,
    MoveMeeting,
    PublishSummary,
    RecordMeetingHeld,
    ScheduleGroupMeeting,
    ScheduleMeeting,
)
from intersessional.domain.meeting.meeting_state import MeetingKind
from tests.domain.actors import (
    id_of,
)
from tests.domain.group_scenarios import GROUP
from tests.domain.scenarios import MEETING

HELD = Occurred.parse("2018-04-18")
SCHEDULE = ScheduleMeeting(
    command_id=id_of("s"),
    year=2018,
    kind=MeetingKind.VIRTUAL,
    ordinal=2,
    held=HELD,
    label="Second virtual meeting",
    note="Its date may move.",
)
SUMMARY = PublishSummary(command_id=id_of("summary"), meeting=MEETING, summary="It was agreed.")


def moved(held: str, reason: str | None = None, **overrides: Any) -> MoveMeeting:
    """Move the meeting to this time."""
    return MoveMeeting(
        command_id=id_of(f"move {held}"),
        meeting=MEETING,
        held=Occurred.parse(held),
        reason=reason,
        **overrides,
    )


def was_held(began: str, ended: str | None = None, **overrides: Any) -> RecordMeetingHeld:
    """Record that the meeting was held at this time."""
    return RecordMeetingHeld(
        command_id=id_of(f"held {began}"),
        meeting=MEETING,
        began=Occurred.parse(began),
        ended=None if ended is None else Occurred.parse(ended),
        **overrides,
    )


CANCEL = CancelMeeting(command_id=id_of("cancel"), meeting=MEETING, reason="The hall is taken.")
CALL = ScheduleGroupMeeting(
    command_id=id_of("call"),
    group=GROUP,
    kind=MeetingKind.VIRTUAL,
    held=Occurred.parse("2018-04-04"),
    label="First call",
)
