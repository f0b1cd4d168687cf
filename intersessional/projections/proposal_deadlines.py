"""The view of the deadlines for written proposals."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.cycle.proposal_deadline import ProposalDeadline
from intersessional.domain.kernel.occurred import Occurred
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import View, under


@dataclass(frozen=True)
class ProposalDeadlineDocument:
    """A deadline that was set, and when."""

    cycle_id: UUID
    due_on: date | None
    time_zone: str | None
    since: Occurred
    meeting_id: UUID | None
    decision_id: UUID | None
    set_by: UUID | None = None
    """The person who set it, in an official role."""


def _keys(recorded: RecordedEvent) -> Collection[UUID]:
    match recorded.event:
        case Cycle.ProposalDeadlineSet() | Cycle.ProposalsDueBefore():
            return (uuid5(recorded.stream, f"proposal deadline {recorded.version}"),)
        case _:
            return ()


def _evolve(
    deadline: ProposalDeadlineDocument | None, recorded: RecordedEvent
) -> ProposalDeadlineDocument | None:
    match recorded.event:
        case Cycle.ProposalDeadlineSet() | Cycle.ProposalsDueBefore() as event:
            day = event if isinstance(event, Cycle.ProposalDeadlineSet) else None
            person = event.act.actor.person
            return ProposalDeadlineDocument(
                cycle_id=recorded.stream,
                due_on=None if day is None else day.due_on,
                time_zone=None if day is None else day.time_zone,
                since=event.act.occurred,
                meeting_id=event.meeting_id,
                decision_id=event.decision_id,
                set_by=person if isinstance(person, UUID) else None,
            )
        case _:
            return deadline


def deadline_at(
    deadlines: Iterable[ProposalDeadlineDocument], occurred: Occurred
) -> ProposalDeadline | None:
    """The deadline of a cycle that was in force at a time, from all in the order recorded."""
    set_by_then = [one for one in deadlines if one.since.effect <= occurred.effect]
    for last in sorted(set_by_then, key=lambda one: one.since.effect)[-1:]:
        return ProposalDeadline(last.due_on, last.time_zone)
    return None


PROPOSAL_DEADLINES = View(
    name="proposal_deadlines",
    version=2,
    document=ProposalDeadlineDocument,
    keys=_keys,
    evolve=_evolve,
    lists=lambda deadline: under(deadline.cycle_id),
)
