"""The view of comment windows."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from intersessional.domain.kernel.occurred import Occurred
from intersessional.plugins.comment_window.comment_window import (
    CausingEvent,
    CommentWindow,
    WindowState,
)
from intersessional.plugins.comment_window.rule import WindowRule
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import View, stream_of, under


@dataclass(frozen=True)
class CommentWindowDocument:
    """A comment window with its rule and the event that caused it."""

    cycle_id: UUID
    group_id: UUID
    opens_at: datetime
    closes_at: datetime
    rule: WindowRule
    cause: CausingEvent
    version: int
    state: WindowState = WindowState.SCHEDULED
    opened: Occurred | None = None
    closed: Occurred | None = None


def _evolve(
    window: CommentWindowDocument | None, recorded: RecordedEvent
) -> CommentWindowDocument | None:
    event = recorded.event
    if isinstance(event, CommentWindow.Scheduled):
        return CommentWindowDocument(
            cycle_id=event.cycle_id,
            group_id=event.group_id,
            opens_at=event.opens_at,
            closes_at=event.closes_at,
            rule=event.rule,
            cause=event.cause,
            version=recorded.version,
        )
    if window is None or not isinstance(event, CommentWindow.Event):
        return window
    return _changed(replace(window, version=recorded.version), event)


def _changed(window: CommentWindowDocument, event: CommentWindow.Event) -> CommentWindowDocument:
    match event:
        case CommentWindow.Rescheduled():
            return replace(
                window,
                state=WindowState.SCHEDULED,
                opens_at=event.opens_at,
                closes_at=event.closes_at,
                rule=event.rule,
                cause=event.cause,
                opened=None,
                closed=None,
            )
        case CommentWindow.Extended():
            return replace(
                window,
                state=WindowState.OPEN,
                closes_at=event.closes_at,
                rule=event.rule,
                cause=event.cause,
                closed=None,
            )
        case CommentWindow.Kept():
            return replace(window, rule=event.rule, cause=event.cause)
        case CommentWindow.Opened():
            return replace(window, state=WindowState.OPEN, opened=event.act.occurred)
        case CommentWindow.Closed():
            return replace(window, state=WindowState.CLOSED, closed=event.act.occurred)
        case _:
            return window


COMMENT_WINDOWS = View(
    name="comment_windows",
    version=2,
    document=CommentWindowDocument,
    keys=stream_of(CommentWindow),
    evolve=_evolve,
    lists=lambda window: under(window.cycle_id),
)
