"""The view of what groups declare on carrying their work forward."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.carry_forward.carry_forward import CarryForward
from intersessional.domain.carry_forward.final_segment import FinalSegment
from intersessional.domain.kernel.occurred import Occurred
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import View, stream_of, under


@dataclass(frozen=True)
class CarryForwardDocument:
    """What a group declared last on carrying its work of a cycle forward."""

    group_id: UUID
    cycle_id: UUID
    segment: FinalSegment
    declared: Occurred


def _evolve(
    declared: CarryForwardDocument | None, recorded: RecordedEvent
) -> CarryForwardDocument | None:
    match recorded.event:
        case CarryForward.Declared() | CarryForward.Replaced() as event:
            return CarryForwardDocument(
                event.group_id, event.cycle_id, event.segment, event.act.occurred
            )
        case _:
            return declared


CARRY_FORWARDS = View(
    name="carry_forwards",
    version=1,
    document=CarryForwardDocument,
    keys=stream_of(CarryForward),
    evolve=_evolve,
    lists=lambda declared: under(declared.group_id),
)
