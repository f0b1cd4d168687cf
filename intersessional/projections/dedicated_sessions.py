"""The view of sessions at the annual meeting."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from uuid import UUID

from intersessional.domain.dedicated_session.dedicated_session import DedicatedSession
from intersessional.domain.dedicated_session.session_state import SessionState
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import ListKey, View, stream_of, under


@dataclass(frozen=True)
class DedicatedSessionDocument:
    """A session of a group at the annual meeting."""

    group_id: UUID
    cycle_id: UUID
    year: int
    title: Sealed | None
    note: Sealed | None
    requested: Occurred
    is_historical: bool
    """Whether the request is told of history, from sources."""
    state: SessionState = SessionState.REQUESTED
    planned: Occurred | None = None
    duration_minutes: int | None = None
    time_zone: str | None = None
    venue: Sealed | None = None
    began: Occurred | None = None
    record: Sealed | None = None
    document_id: UUID | None = None
    reason: Sealed | None = None
    """Why it was cancelled."""


def _evolve(
    session: DedicatedSessionDocument | None, recorded: RecordedEvent
) -> DedicatedSessionDocument | None:
    match recorded.event:
        case DedicatedSession.Requested() as event:
            return DedicatedSessionDocument(
                group_id=event.group_id,
                cycle_id=event.cycle_id,
                year=event.year,
                title=event.title,
                note=event.note,
                requested=event.act.occurred,
                is_historical=event.act.provenance.historical,
            )
        case event:
            return None if session is None else _changed(session, event)


def _changed(session: DedicatedSessionDocument, event: object) -> DedicatedSessionDocument:
    match event:
        case DedicatedSession.Scheduled():
            return replace(
                session,
                state=session.state if session.state.is_final else SessionState.SCHEDULED,
                planned=event.planned,
                duration_minutes=event.duration_minutes,
                time_zone=event.time_zone,
                venue=event.venue,
            )
        case DedicatedSession.Held():
            return replace(
                session,
                state=SessionState.HELD,
                began=event.began,
                record=event.record,
                document_id=event.document_id,
            )
        case DedicatedSession.Cancelled():
            return replace(session, state=SessionState.CANCELLED, reason=event.reason)
        case _:
            return session


def _lists(session: DedicatedSessionDocument) -> Collection[ListKey]:
    """The sessions of a cycle, and of a group, all and in a state."""
    parents = (session.cycle_id, session.group_id)
    return [key for parent in parents for key in under(parent, session.state.value)]


DEDICATED_SESSIONS = View(
    name="dedicated_sessions",
    version=1,
    document=DedicatedSessionDocument,
    keys=stream_of(DedicatedSession),
    evolve=_evolve,
    lists=_lists,
)
