"""The view of calls."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from uuid import UUID

from intersessional.domain.call.call import VOLUNTEERS, Call
from intersessional.domain.call.call_period import CallPeriod
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import ANY_KIND, ListKey, View, stream_of


@dataclass(frozen=True)
class CallDocument:
    """A call of the MAG, or for the work of a group."""

    cycle_id: UUID
    group_id: UUID | None
    of: str
    title: Sealed
    text: Sealed | None
    launched: Occurred
    period: CallPeriod
    extended: bool = False
    closed: Occurred | None = None
    reason: Sealed | None = None
    """Why it was extended, moved or closed last."""


def _evolve(call: CallDocument | None, recorded: RecordedEvent) -> CallDocument | None:
    event = recorded.event
    if isinstance(event, Call.Launched):
        return CallDocument(
            cycle_id=event.cycle_id,
            group_id=event.group_id,
            of=event.of,
            title=event.title,
            text=event.text,
            launched=event.act.occurred,
            period=CallPeriod(event.opens, event.closes, event.time_zone),
        )
    if call is None:
        return None
    match event:
        case Call.Extended() | Call.Moved():
            return replace(
                call,
                period=CallPeriod(event.opens, event.closes, event.time_zone),
                extended=call.extended or isinstance(event, Call.Extended),
                reason=event.reason or call.reason,
            )
        case Call.Closed():
            closed = call.closed or event.act.occurred
            return replace(call, closed=closed, reason=event.reason or call.reason)
        case _:
            return call


def _lists(call: CallDocument) -> Collection[ListKey]:
    """The calls of a cycle and those for a group, by key; calls for volunteers stand apart."""
    kinds = (call.of,) if call.of == VOLUNTEERS else (ANY_KIND, call.of)
    parents = (call.cycle_id, *(() if call.group_id is None else (call.group_id,)))
    return [ListKey(parent, kind) for parent in parents for kind in kinds]


CALLS = View(
    name="calls",
    version=1,
    document=CallDocument,
    keys=stream_of(Call),
    evolve=_evolve,
    lists=_lists,
)
