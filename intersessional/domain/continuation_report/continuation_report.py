"""The report of a group on whether it goes on in the next cycle (DOMAIN rows 7, 32)."""

from collections.abc import Mapping, Sequence
from typing import Any, Self
from uuid import UUID

from intersessional.domain.continuation_report.continuation_areas import validated_areas
from intersessional.domain.continuation_report.continuation_wish import ContinuationWish
from intersessional.domain.continuation_report.refusals import ContinuationReportRequired
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.group.group import Group
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.ids import continuation_report_id, cycle_id
from intersessional.domain.kernel.refusals import AlreadyRecorded, BadValue
from intersessional.domain.kernel.sealed import Permanent
from intersessional.domain.kernel.texts import validated_optional_text

REPORT_BYTES_MAX = 60_000


class ContinuationReport(Aggregate):
    """The report that a group of the previous cycle gives for a cycle, or the lack of it."""

    TOPIC = "continuation_report"

    group_id: UUID
    cycle_id: UUID
    is_given: bool = False
    is_considered: bool = False
    is_missing: bool = False

    class Named(CreatedEvent):
        """The report of a group for the next cycle got the id by which the record knows it."""

        TOPIC = "continuation_report.named.v1"
        group_id: UUID
        cycle_id: UUID
        year: int

    class Given(Aggregate.Event):
        """A group of the previous cycle reported on whether it wishes to go on, and on what."""

        TOPIC = "continuation_report.given.v1"
        group_id: UUID
        cycle_id: UUID
        wish: ContinuationWish
        areas: tuple[Permanent, ...]
        report: Permanent | None
        meeting_id: UUID | None

        def apply(self, aggregate: "ContinuationReport") -> None:
            aggregate.is_given = True

    class Considered(Aggregate.Event):
        """The MAG considered the report of a group of the previous cycle."""

        TOPIC = "continuation_report.considered.v1"
        group_id: UUID
        cycle_id: UUID
        meeting_id: UUID | None

        def apply(self, aggregate: "ContinuationReport") -> None:
            aggregate.is_considered = True

    class FoundMissing(Aggregate.Event):
        """It was recorded that a group of the previous cycle gave no report, or none is known."""

        TOPIC = "continuation_report.found_missing.v1"
        group_id: UUID
        cycle_id: UUID
        reason: Permanent | None

        def apply(self, aggregate: "ContinuationReport") -> None:
            aggregate.is_missing = True

    @classmethod
    def register(cls, act: Act, group: Group, cycle: Cycle) -> Self:
        """Register the report of a group of the cycle before. Raises BadValue."""
        if cycle_id(cycle.year - 1) not in group.cycle_ids:
            problem = "the group does not belong to the cycle before."
            raise BadValue(field="group", problem=problem)
        return cls.create(
            cls.Named,
            id=continuation_report_id(group.id, cycle.year),
            act=act,
            group_id=group.id,
            cycle_id=cycle.id,
            year=cycle.year,
        )

    def give(
        self,
        act: Act,
        *,
        wish: ContinuationWish,
        areas: Sequence[str] = (),
        report: str | None = None,
        meeting_id: UUID | None = None,
    ) -> None:
        """Give the report, once. Raises AlreadyRecorded, BadValue, LimitReached."""
        if self.is_given:
            raise AlreadyRecorded(kind="continuation report", id=self.id)
        self.record(
            ContinuationReport.Given,
            act=act,
            **self._parents,
            wish=wish,
            areas=validated_areas(areas),
            report=validated_optional_text("report", report, REPORT_BYTES_MAX),
            meeting_id=meeting_id,
        )

    def consider(self, act: Act, *, meeting_id: UUID | None = None) -> None:
        """Record that the MAG considered it, once; history may lack where.

        Raises ContinuationReportRequired, AlreadyRecorded, BadValue.
        """
        if not self.at(act.occurred).is_given:
            raise ContinuationReportRequired(group=self.group_id)
        if self.is_considered:
            raise AlreadyRecorded(kind="consideration of a continuation report", id=self.id)
        if meeting_id is None and not act.provenance.historical:
            raise BadValue(field="meeting", problem="name the meeting that considered it.")
        self.record(ContinuationReport.Considered, act=act, **self._parents, meeting_id=meeting_id)

    def find_missing(self, act: Act, *, reason: str | None = None) -> None:
        """Record that there is no report; history may lack why.

        Raises AlreadyRecorded, BadValue.
        """
        if self.is_given or self.is_missing:
            raise AlreadyRecorded(kind="continuation report", id=self.id)
        if reason is None and not act.provenance.historical:
            raise BadValue(field="reason", problem="say why there is no report.")
        self.record(
            ContinuationReport.FoundMissing,
            act=act,
            **self._parents,
            reason=validated_optional_text("reason", reason),
        )

    @property
    def is_settled(self) -> bool:
        """Whether nothing is owed any more: it was considered, or there is none."""
        return self.is_considered or (self.is_missing and not self.is_given)

    @property
    def _parents(self) -> Mapping[str, Any]:
        return {"group_id": self.group_id, "cycle_id": self.cycle_id}
