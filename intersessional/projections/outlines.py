"""The view of outlines."""

from dataclasses import dataclass, replace
from uuid import UUID

from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.outline.outline import Outline
from intersessional.domain.outline.outline_section import OutlineSection
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import View, stream_of, under


@dataclass(frozen=True)
class OutlineDocument:
    """The outline of a group's output in a cycle, in its latest version."""

    group_id: UUID
    cycle_id: UUID
    number: int
    """The number of the version, from 1."""
    defined: Occurred
    """When this version was defined."""
    sections: tuple[OutlineSection, ...]


def _evolve(outline: OutlineDocument | None, recorded: RecordedEvent) -> OutlineDocument | None:
    match recorded.event:
        case Outline.Defined() as event:
            return OutlineDocument(
                event.group_id, event.cycle_id, 1, event.act.occurred, event.sections
            )
        case Outline.Revised() as event if outline is not None:
            return replace(
                outline,
                number=outline.number + 1,
                defined=event.act.occurred,
                sections=event.sections,
            )
        case _:
            return outline


OUTLINES = View(
    name="outlines",
    version=1,
    document=OutlineDocument,
    keys=stream_of(Outline),
    evolve=_evolve,
    lists=lambda outline: {*under(outline.group_id), *under(outline.cycle_id)},
)
