"""A meeting of the MAG."""

from collections.abc import Sequence
from enum import Enum
from typing import Self
from uuid import UUID

from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.ids import meeting_id
from intersessional.domain.kernel.numbers import bounded_int
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.sealed import Permanent
from intersessional.domain.kernel.texts import (
    validated_name,
    validated_optional_text,
    validated_text,
)

ORDINAL_MAX = 1_000
SUMMARY_MAX = 60_000
"""Bytes of a summary."""
STATES_MAX = 200
"""Subjects that a summary can name."""


class MeetingKind(Enum):
    """The kinds of MAG meeting (DOMAIN row 1)."""

    VIRTUAL = "VIRTUAL"
    """Online."""
    FACE_TO_FACE = "FACE_TO_FACE"
    """Face to face, in one place."""


class Meeting(Aggregate):
    """A meeting of the MAG in one cycle."""

    TOPIC = "meeting"

    cycle_id: UUID
    held: Occurred
    summarised: bool = False

    class Scheduled(CreatedEvent):
        """A meeting was called, or is known to have been held."""

        TOPIC = "meeting.scheduled.v1"
        cycle_id: UUID
        year: int
        kind: MeetingKind
        ordinal: int
        held: Occurred
        label: Permanent
        note: Permanent | None

    class SummaryPublished(Aggregate.Event):
        """The rapporteur published what was said and which recorded events it states."""

        TOPIC = "meeting.summary_published.v1"
        summary: Permanent
        states: tuple[UUID, ...]

        def apply(self, aggregate: "Meeting") -> None:
            aggregate.summarised = True

    class SummaryCorrected(Aggregate.Event):
        """The rapporteur corrected a published summary."""

        TOPIC = "meeting.summary_corrected.v1"
        summary: Permanent
        states: tuple[UUID, ...]
        reason: Permanent

    @classmethod
    def schedule(
        cls,
        act: Act,
        *,
        cycle: Cycle,
        kind: MeetingKind,
        ordinal: int,
        held: Occurred,
        label: str,
        note: str | None = None,
    ) -> Self:
        """Call a meeting, or record one that was held. Raises BadValue."""
        return cls.create(
            cls.Scheduled,
            id=cls.id_of(cycle.year, kind, ordinal),
            act=act,
            cycle_id=cycle.id,
            year=cycle.year,
            kind=kind,
            ordinal=ordinal,
            held=held,
            label=validated_name("label", label),
            note=validated_optional_text("note", note),
        )

    @staticmethod
    def id_of(year: int, kind: MeetingKind, ordinal: int) -> UUID:
        """The id of a meeting: its ordinal is from 1 (DOMAIN row 1). Raises BadValue."""
        return meeting_id(year, kind.value, bounded_int("ordinal", ordinal, 1, ORDINAL_MAX))

    @staticmethod
    def check_summary(summary: str, states: Sequence[UUID]) -> None:
        """Check the text of a summary and the number of subjects. Raises BadValue."""
        validated_text("summary", summary, SUMMARY_MAX)
        if len(states) > STATES_MAX:
            raise BadValue(field="states", problem=f"at most {STATES_MAX}.")

    def publish_summary(
        self, act: Act, *, summary: str, states: tuple[UUID, ...] = (), reason: str | None = None
    ) -> None:
        """Publish the summary; a second one is a correction and needs a reason. Raises BadValue."""
        self.check_summary(summary, states)
        data = {"summary": validated_text("summary", summary, SUMMARY_MAX), "states": states}
        if not self.summarised:
            self.record(Meeting.SummaryPublished, act=act, **data)
        elif reason is None:
            problem = "a correction of a published summary needs a reason."
            raise BadValue(field="reason", problem=problem)
        else:
            reason_text = validated_text("reason", reason)
            self.record(Meeting.SummaryCorrected, act=act, **data, reason=reason_text)

    def check_in_session(self, cycle_id: UUID, occurred: Occurred) -> None:
        """Check that something of this cycle can have occurred at the meeting. Raises BadValue."""
        if self.cycle_id != cycle_id:
            raise BadValue(field="meeting", problem="it belongs to another cycle.")
        if not self.begun_by(occurred):
            raise BadValue(field="meeting", problem="it had not begun at that time.")

    def begun_by(self, occurred: Occurred) -> bool:
        """Whether something can have occurred at this meeting, or after it began."""
        return self.held.begins <= occurred.ends
