"""The view of continuation reports."""

from dataclasses import dataclass, replace
from enum import Enum
from uuid import UUID

from intersessional.domain.continuation_report.continuation_report import ContinuationReport
from intersessional.domain.continuation_report.continuation_wish import ContinuationWish
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import View, stream_of, under


class ContinuationState(Enum):
    """Whether a group of the previous cycle has reported on going on (DOMAIN row 7)."""

    OWED = "OWED"
    """Nothing is on record: the report is owed."""
    REPORTED = "REPORTED"
    """It has reported, and the MAG has not considered the report."""
    CONSIDERED = "CONSIDERED"
    """The MAG has considered its report."""
    NO_REPORT = "NO_REPORT"
    """It gave no report, for the reason that is on record."""
    NOT_IN_SOURCES = "NOT_IN_SOURCES"
    """It is history, and no source has its report, nor says why there is none."""
    NOT_ON_RECORD = "NOT_ON_RECORD"
    """Sources tell of the forums of the cycle, and nothing of the report or its absence is on
    record: the time in which it could be owed is over.
    """


@dataclass(frozen=True)
class ContinuationReportDocument:
    """The report of a group of the previous cycle, or the lack of it."""

    group_id: UUID
    cycle_id: UUID
    wish: ContinuationWish | None = None
    areas: tuple[Sealed, ...] = ()
    report: Sealed | None = None
    given: Occurred | None = None
    given_at: UUID | None = None
    """The meeting at which it was given."""
    is_historical: bool = False
    """Whether it is told of history, from sources."""
    considered: Occurred | None = None
    considered_at: UUID | None = None
    """The meeting that considered it."""
    is_missing: bool = False
    reason: Sealed | None = None
    """Why there is none."""

    @property
    def state(self) -> ContinuationState:
        """Whether the group has reported."""
        if self.considered is not None:
            return ContinuationState.CONSIDERED
        if self.given is not None:
            return ContinuationState.REPORTED
        if not self.is_missing:
            return ContinuationState.OWED
        if self.reason is None:
            return ContinuationState.NOT_IN_SOURCES
        return ContinuationState.NO_REPORT


def _evolve(
    report: ContinuationReportDocument | None, recorded: RecordedEvent
) -> ContinuationReportDocument | None:
    event = recorded.event
    if isinstance(event, ContinuationReport.Named):
        return ContinuationReportDocument(event.group_id, event.cycle_id)
    if report is None:
        return None
    match event:
        case ContinuationReport.Given():
            return replace(
                report,
                wish=event.wish,
                areas=event.areas,
                report=event.report,
                given=event.act.occurred,
                given_at=event.meeting_id,
                is_historical=event.act.provenance.historical,
            )
        case ContinuationReport.Considered():
            return replace(report, considered=event.act.occurred, considered_at=event.meeting_id)
        case ContinuationReport.FoundMissing():
            return replace(report, is_missing=True, reason=event.reason)
        case _:
            return report


CONTINUATION_REPORTS = View(
    name="continuation_reports",
    version=1,
    document=ContinuationReportDocument,
    keys=stream_of(ContinuationReport),
    evolve=_evolve,
    lists=lambda report: {*under(report.cycle_id), *under(report.group_id)},
)
