"""The view of the reports of groups."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.group.group import Group
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import View, under


@dataclass(frozen=True)
class GroupReportDocument:
    """A report of a group on its work in a cycle."""

    group_id: UUID
    cycle_id: UUID
    report: Sealed | None
    document_id: UUID | None
    meeting_id: UUID | None
    annual_meeting_years: tuple[int, ...]
    reported: Occurred
    is_historical: bool
    """Whether it is told of history, from sources."""


def _keys(recorded: RecordedEvent) -> Collection[UUID]:
    match recorded.event:
        case Group.Reported() as event:
            return (event.report_id,)
        case _:
            return ()


def _evolve(
    report: GroupReportDocument | None, recorded: RecordedEvent
) -> GroupReportDocument | None:
    match recorded.event:
        case Group.Reported() as event:
            return GroupReportDocument(
                group_id=recorded.stream,
                cycle_id=event.cycle_id,
                report=event.report,
                document_id=event.document_id,
                meeting_id=event.meeting_id,
                annual_meeting_years=event.annual_meeting_years,
                reported=event.act.occurred,
                is_historical=event.act.provenance.historical,
            )
        case _:
            return report


GROUP_REPORTS = View(
    name="group_reports",
    version=2,
    document=GroupReportDocument,
    keys=_keys,
    evolve=_evolve,
    lists=lambda report: under(report.group_id),
)
