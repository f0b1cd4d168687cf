"""The view of the Secretariat's assessments of resources."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import View, under


@dataclass(frozen=True)
class AssessmentDocument:
    """One assessment of the resources of a cycle."""

    cycle_id: UUID
    capacity: int
    note: Sealed | None
    assessed: Occurred


def _keys(recorded: RecordedEvent) -> Collection[UUID]:
    event = recorded.event
    return (event.assessment_id,) if isinstance(event, Cycle.ResourcesAssessed) else ()


def _evolve(
    document: AssessmentDocument | None, recorded: RecordedEvent
) -> AssessmentDocument | None:
    event = recorded.event
    if not isinstance(event, Cycle.ResourcesAssessed):
        return document
    return AssessmentDocument(recorded.stream, event.capacity, event.note, event.act.occurred)


ASSESSMENTS = View(
    name="assessments",
    version=1,
    document=AssessmentDocument,
    keys=_keys,
    evolve=_evolve,
    lists=lambda assessment: under(assessment.cycle_id),
)
