"""Commands about meetings."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.command_handling.command import Command
from intersessional.domain.kernel.ids import meeting_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.meeting.meeting_state import MeetingKind
from intersessional.domain.meeting.stated_subject import StatedSubject


@dataclass(frozen=True, kw_only=True)
class ScheduleMeeting(Command):
    """Call a meeting of the MAG, or record one that was held.

    The note describes what the sources leave open, and where they differ.
    """

    TOPIC = "meeting.schedule"

    year: int
    """The year of the cycle."""
    kind: MeetingKind | None = None
    """The kind of the meeting; null where the source does not say."""
    ordinal: int
    """The number among the meetings of this kind in the cycle, from 1."""
    held: Occurred
    """The time for which the meeting is called."""
    time_zone: str | None = None
    """The time zone of the meeting, by its IANA name; null where the source gives none."""
    duration_minutes: int | None = None
    """How long it is to take, in minutes, from the instant that ``held`` gives."""
    label: str
    """The label of the meeting; at most 300 bytes in UTF-8."""
    note: str | None = None
    """A note on what the sources leave open, and where they differ. At most 20,000 bytes in
    UTF-8.
    """

    @property
    def created_id(self) -> UUID:
        """The meeting's id, made of its cycle, kind and ordinal."""
        return meeting_id(self.year, self.kind and self.kind.value, self.ordinal)


@dataclass(frozen=True, kw_only=True)
class ScheduleGroupMeeting(Command):
    """Call a meeting of a group, or record one that was held (DOMAIN row 26)."""

    TOPIC = "meeting.schedule_for_group"

    group: UUID
    """The group, by its id."""
    kind: MeetingKind | None = None
    """The kind of the meeting; null where the source does not say."""
    ordinal: int | None = None
    """The number of the meeting, from 1, where the group counts its meetings."""
    held: Occurred
    """The time for which the meeting is called."""
    time_zone: str | None = None
    """The time zone of the meeting, by its IANA name; null where the source gives none."""
    duration_minutes: int | None = None
    """How long it is to take, in minutes, from the instant that ``held`` gives."""
    label: str
    """The label of the meeting; at most 300 bytes in UTF-8."""
    note: str | None = None
    """A note on what the sources leave open, and where they differ. At most 20,000 bytes in
    UTF-8.
    """


@dataclass(frozen=True, kw_only=True)
class MoveMeeting(Command):
    """Set a meeting to another time, or to the same time more exactly."""

    TOPIC = "meeting.move"

    meeting: UUID
    """The meeting, by its id."""
    held: Occurred
    """The time for which the meeting is called now."""
    time_zone: str | None = None
    """The time zone of the meeting, by its IANA name; null if it stays."""
    duration_minutes: int | None = None
    """How long it is to take, in minutes; null if that stays, or is not known."""
    reason: str | None = None
    """The reason; required unless the new time lies within the one that is known. At most 20,000
    bytes in UTF-8.
    """


@dataclass(frozen=True, kw_only=True)
class RecordMeetingHeld(Command):
    """Record that a meeting took place."""

    TOPIC = "meeting.record_held"

    meeting: UUID
    """The meeting, by its id."""
    began: Occurred
    """When it began: an instant, or the day where no clock time is known."""
    ended: Occurred | None = None
    """When it ended; null where that is not known."""


@dataclass(frozen=True, kw_only=True)
class CancelMeeting(Command):
    """Cancel a meeting."""

    TOPIC = "meeting.cancel"

    meeting: UUID
    """The meeting, by its id."""
    reason: str
    """The reason; at most 20,000 bytes in UTF-8."""


@dataclass(frozen=True, kw_only=True)
class PublishSummary(Command):
    """Publish the summary of a meeting, with the subjects that it states (DOMAIN row 27)."""

    TOPIC = "meeting.publish_summary"

    meeting: UUID
    """The meeting, by its id."""
    summary: str
    """The summary; at most 60,000 bytes in UTF-8."""
    states: tuple[UUID, ...] = ()
    """The ids of the decisions, proposals and groups that it states."""
    stated: tuple[StatedSubject, ...] = ()
    """The events that it states, up to 50, each by what it happened to and its version."""
    reason: str | None = None
    """The reason; required for a correction. At most 20,000 bytes in UTF-8."""
