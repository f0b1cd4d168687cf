"""The view of outreach."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.outreach.outreach import Outreach
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import ListKey, View, stream_of


@dataclass(frozen=True)
class OutreachDocument:
    """An occasion at which the work of a group or a year was taken to others."""

    cycle_id: UUID
    group_id: UUID | None
    participant_id: UUID | None
    audience: Sealed
    forum: Sealed
    took_place: Occurred
    draft_id: UUID | None
    text: Sealed | None


def _evolve(outreach: OutreachDocument | None, recorded: RecordedEvent) -> OutreachDocument | None:
    match recorded.event:
        case Outreach.Logged() as event:
            return OutreachDocument(
                cycle_id=event.cycle_id,
                group_id=event.group_id,
                participant_id=event.participant_id,
                audience=event.audience,
                forum=event.forum,
                took_place=event.took_place,
                draft_id=event.draft_id,
                text=event.text,
            )
        case _:
            return outreach


def _lists(outreach: OutreachDocument) -> Collection[ListKey]:
    """The outreach of a cycle, and of a group."""
    parents = (outreach.cycle_id, outreach.group_id)
    return [ListKey(parent) for parent in parents if parent is not None]


OUTREACH = View(
    name="outreach",
    version=1,
    document=OutreachDocument,
    keys=stream_of(Outreach),
    evolve=_evolve,
    lists=_lists,
)
