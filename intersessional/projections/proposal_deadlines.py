"""The view of the deadlines for written proposals."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.kernel.occurred import Occurred
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import View, under


@dataclass(frozen=True)
class ProposalDeadlineDocument:
    """A deadline that was set, and when."""

    cycle_id: UUID
    due_on: date
    time_zone: str | None
    since: Occurred
    meeting_id: UUID | None
    decision_id: UUID | None


def _keys(recorded: RecordedEvent) -> Collection[UUID]:
    match recorded.event:
        case Cycle.ProposalDeadlineSet():
            return (uuid5(recorded.stream, f"proposal deadline {recorded.version}"),)
        case _:
            return ()


def _evolve(
    deadline: ProposalDeadlineDocument | None, recorded: RecordedEvent
) -> ProposalDeadlineDocument | None:
    match recorded.event:
        case Cycle.ProposalDeadlineSet() as event:
            return ProposalDeadlineDocument(
                cycle_id=recorded.stream,
                due_on=event.due_on,
                time_zone=event.time_zone,
                since=event.act.occurred,
                meeting_id=event.meeting_id,
                decision_id=event.decision_id,
            )
        case _:
            return deadline


PROPOSAL_DEADLINES = View(
    name="proposal_deadlines",
    version=1,
    document=ProposalDeadlineDocument,
    keys=_keys,
    evolve=_evolve,
    lists=lambda deadline: under(deadline.cycle_id),
)
