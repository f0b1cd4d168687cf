"""The view of cycles."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from intersessional.domain.annual_meeting.annual_meeting import AnnualMeeting
from intersessional.domain.cycle.cycle import Cycle
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import View, under


@dataclass(frozen=True)
class AdmittedDocument:
    """How many groups were admitted under the cap of a policy."""

    capped_by: str
    groups: int


@dataclass(frozen=True)
class CycleDocument:
    """One IGF year."""

    year: int
    proposals_due_on: date | None = None
    admitted: tuple[AdmittedDocument, ...] = ()
    approved: int = 0
    """How many groups were admitted from proposals."""

    def count_admitted(self, capped_by: str) -> int:
        """How many groups were admitted under the cap of a policy."""
        return next((one.groups for one in self.admitted if one.capped_by == capped_by), 0)


def _keys(recorded: RecordedEvent) -> Collection[UUID]:
    """The cycle itself; events of its annual meeting are among the changes of the cycle too."""
    match recorded.event:
        case Cycle.Event():
            return (recorded.stream,)
        case (
            AnnualMeeting.Named()
            | AnnualMeeting.VenueOptionRecorded()
            | AnnualMeeting.VenueOptionChanged()
            | AnnualMeeting.Tentative()
            | AnnualMeeting.Confirmed()
            | AnnualMeeting.Rescheduled()
            | AnnualMeeting.Corrected()
            | AnnualMeeting.Cancelled() as event
        ):
            return (event.cycle_id,)
        case _:
            return ()


def _evolve(cycle: CycleDocument | None, recorded: RecordedEvent) -> CycleDocument | None:
    event = recorded.event
    if isinstance(event, Cycle.Opened):
        return CycleDocument(year=event.year)
    if cycle is None:
        return None
    match event:
        case Cycle.ProposalsDueBefore():
            return replace(cycle, proposals_due_on=None)
        case Cycle.ProposalDeadlineSet():
            return replace(cycle, proposals_due_on=event.due_on)
        case Cycle.GroupAdmitted():
            return replace(
                cycle,
                admitted=_counted(cycle.admitted, event.capped_by),
                approved=cycle.approved + (event.proposal_id is not None),
            )
        case _:
            return cycle


def _counted(
    admitted: tuple[AdmittedDocument, ...], capped_by: str | None
) -> tuple[AdmittedDocument, ...]:
    if capped_by is None:
        return admitted
    counts = {one.capped_by: one.groups for one in admitted}
    counts[capped_by] = counts.get(capped_by, 0) + 1
    return tuple(AdmittedDocument(*one) for one in sorted(counts.items()))


CYCLES = View(
    name="cycles",
    version=5,
    document=CycleDocument,
    keys=_keys,
    evolve=_evolve,
    lists=lambda _: under(None),
)
