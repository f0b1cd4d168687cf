"""A meeting of the MAG or of a group: planned, perhaps moved, then held or cancelled."""

from collections.abc import Mapping
from typing import Self
from uuid import UUID

from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.group.group import Group
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.ids import meeting_id
from intersessional.domain.kernel.numbers import bounded_int, optional_bounded_int
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.sealed import Erasable, Permanent
from intersessional.domain.kernel.texts import (
    validated_name,
    validated_optional_text,
    validated_text,
)
from intersessional.domain.kernel.time_zones import validated_optional_time_zone
from intersessional.domain.meeting.meeting_state import (
    MeetingBody,
    MeetingKind,
    MeetingState,
)
from intersessional.domain.meeting.meeting_time import (
    check_end,
    problem_with_time,
    validated_duration,
)
from intersessional.domain.meeting.refusals import MeetingIsOver
from intersessional.domain.meeting.stated_subject import StatedSubject

ORDINAL_MAX = 1_000


class Meeting(Aggregate):
    """A meeting of the MAG in one cycle, or of a group."""

    TOPIC = "meeting"

    body: MeetingBody
    cycle_id: UUID | None
    group_id: UUID | None
    planned: Occurred
    """The time for which it was called last."""
    time_zone: str | None
    began: Occurred | None = None
    ended: Occurred | None = None
    state: MeetingState = MeetingState.PLANNED
    summarised: bool = False

    class Scheduled(CreatedEvent):
        """A meeting was called for a time; the source may tell of it only after it was held."""

        TOPIC = "meeting.scheduled.v1"
        FIXED = ("body", "kind", "ordinal")
        body: MeetingBody
        cycle_id: UUID | None
        group_id: UUID | None
        year: int | None
        kind: MeetingKind | None
        ordinal: int | None
        planned: Occurred
        time_zone: str | None
        label: Permanent
        note: Erasable | None
        duration_minutes: int | None = None

        def check_values(self) -> None:
            validated_duration(self.planned, self.duration_minutes)

    class Moved(Aggregate.Event):
        """The meeting was set to another time, or its time became known more exactly."""

        TOPIC = "meeting.moved.v1"
        cycle_id: UUID | None
        group_id: UUID | None
        planned: Occurred
        time_zone: str | None
        reason: Permanent | None
        duration_minutes: int | None = None

        def check_values(self) -> None:
            validated_duration(self.planned, self.duration_minutes)

        def apply(self, aggregate: "Meeting") -> None:
            if not aggregate.state.is_final:
                aggregate.state = aggregate.state.after_move(aggregate.planned, self.planned)
                aggregate.planned = self.planned
                aggregate.time_zone = self.time_zone or aggregate.time_zone

    class Held(Aggregate.Event):
        """The meeting took place, from its beginning to its end as far as they are known."""

        TOPIC = "meeting.held.v1"
        cycle_id: UUID | None
        group_id: UUID | None
        began: Occurred
        ended: Occurred | None

        def check_values(self) -> None:
            check_end(self.began, self.ended)

        def apply(self, aggregate: "Meeting") -> None:
            aggregate.state = MeetingState.HELD
            aggregate.began, aggregate.ended = self.began, self.ended

    class Cancelled(Aggregate.Event):
        """The meeting was cancelled: it does not take place."""

        TOPIC = "meeting.cancelled.v1"
        cycle_id: UUID | None
        group_id: UUID | None
        reason: Permanent

        def apply(self, aggregate: "Meeting") -> None:
            aggregate.state = MeetingState.CANCELLED

    class SummaryPublished(Aggregate.Event):
        """The rapporteur published what was said and which recorded events it states."""

        TOPIC = "meeting.summary_published.v1"
        cycle_id: UUID | None
        group_id: UUID | None
        summary: Erasable
        stated: tuple[StatedSubject, ...]

        def apply(self, aggregate: "Meeting") -> None:
            aggregate.summarised = True

    class SummaryCorrected(Aggregate.Event):
        """The rapporteur corrected a published summary."""

        TOPIC = "meeting.summary_corrected.v1"
        cycle_id: UUID | None
        group_id: UUID | None
        summary: Erasable
        stated: tuple[StatedSubject, ...]
        reason: Permanent

    @classmethod
    def schedule(
        cls,
        act: Act,
        *,
        cycle: Cycle,
        kind: MeetingKind | None,
        ordinal: int,
        planned: Occurred,
        time_zone: str | None = None,
        duration_minutes: int | None = None,
        label: str,
        note: str | None = None,
    ) -> Self:
        """Call a meeting of the MAG, or record one that was held. Raises BadValue."""
        return cls.create(
            cls.Scheduled,
            id=cls.id_of(cycle.year, kind, ordinal),
            act=act,
            body=MeetingBody.MAG,
            cycle_id=cycle.id,
            group_id=None,
            year=cycle.year,
            kind=kind,
            ordinal=ordinal,
            planned=planned,
            time_zone=validated_optional_time_zone("time_zone", time_zone),
            label=validated_name("label", label),
            note=validated_optional_text("note", note),
            duration_minutes=validated_duration(planned, duration_minutes),
        )

    @classmethod
    def schedule_for(
        cls,
        act: Act,
        group: Group,
        *,
        id: UUID,
        kind: MeetingKind | None,
        ordinal: int | None = None,
        planned: Occurred,
        time_zone: str | None = None,
        duration_minutes: int | None = None,
        label: str,
        note: str | None = None,
    ) -> Self:
        """Call a meeting of a group, or record one that was held.

        Raises GroupHasConcluded, BadValue.
        """
        group.check_active(act.occurred)
        return cls.create(
            cls.Scheduled,
            id=id,
            act=act,
            body=MeetingBody.GROUP,
            cycle_id=group.cycle_id,
            group_id=group.id,
            year=group.year,
            kind=kind,
            ordinal=optional_bounded_int("ordinal", ordinal, 1, ORDINAL_MAX),
            planned=planned,
            time_zone=validated_optional_time_zone("time_zone", time_zone),
            label=validated_name("label", label),
            note=validated_optional_text("note", note),
            duration_minutes=validated_duration(planned, duration_minutes),
        )

    @staticmethod
    def id_of(year: int, kind: MeetingKind | None, ordinal: int) -> UUID:
        """The id of a meeting of the MAG: its ordinal is from 1 (DOMAIN row 1). Raises BadValue."""
        return meeting_id(
            year, kind and kind.value, bounded_int("ordinal", ordinal, 1, ORDINAL_MAX)
        )

    def move(
        self,
        act: Act,
        *,
        planned: Occurred,
        time_zone: str | None = None,
        duration_minutes: int | None = None,
        reason: str | None = None,
    ) -> None:
        """Set the meeting to another time; within the time that is known, no reason is needed.

        Raises BadValue, MeetingIsOver.
        """
        then = self.at(act.occurred)
        then.check_ahead()
        if reason is None and not planned.within(then.planned):
            problem = "a meeting that is set to another time needs a reason."
            raise BadValue(field="reason", problem=problem)
        self.record(
            Meeting.Moved,
            act=act,
            **self._parents,
            planned=planned,
            time_zone=validated_optional_time_zone("time_zone", time_zone),
            reason=validated_optional_text("reason", reason),
            duration_minutes=validated_duration(planned, duration_minutes),
        )

    def hold(self, act: Act, *, began: Occurred, ended: Occurred | None = None) -> None:
        """Record that the meeting took place. Raises BadValue, MeetingIsOver."""
        self.check_ahead()
        check_end(began, ended)
        self.record(Meeting.Held, act=act, **self._parents, began=began, ended=ended)

    def cancel(self, act: Act, *, reason: str) -> None:
        """Cancel the meeting. Raises BadValue, MeetingIsOver."""
        self.check_ahead()
        text = validated_text("reason", reason)
        self.record(Meeting.Cancelled, act=act, **self._parents, reason=text)

    def check_ahead(self) -> None:
        """Check that the meeting was neither held nor cancelled. Raises MeetingIsOver."""
        if self.state.is_final:
            raise MeetingIsOver(meeting=self.id, state=self.state)

    def check_in_session(self, cycle_id: UUID, occurred: Occurred) -> None:
        """Check that the MAG can have done something of this cycle at the meeting.

        What it did lies within the days of the meeting, in UTC or at the meeting's place. Raises
        BadValue.
        """
        problem = None
        if self.body is not MeetingBody.MAG:
            problem = "it is not a meeting of the MAG."
        elif self.cycle_id != cycle_id:
            problem = "it belongs to another cycle."
        elif self.state is MeetingState.CANCELLED:
            problem = "it was cancelled."
        else:
            began = self.began or self.planned
            problem = problem_with_time(occurred, began, self.ended, self.time_zone)
        if problem is not None:
            raise BadValue(field="meeting", problem=problem)

    @property
    def _parents(self) -> Mapping[str, UUID | None]:
        return {"cycle_id": self.cycle_id, "group_id": self.group_id}
