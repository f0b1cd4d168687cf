"""The view of comment windows."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from intersessional.domain.kernel.occurred import Occurred, Precision
from intersessional.plugins.comment_window.causing_event import CausingEvent
from intersessional.plugins.comment_window.comment_window import CommentWindow
from intersessional.plugins.comment_window.rule import WindowRule, day_of
from intersessional.plugins.comment_window.window_state import WindowState
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import View, stream_of, under


@dataclass(frozen=True)
class CommentWindowDocument:
    """A comment window with its rule and the event that caused it."""

    cycle_id: UUID
    group_id: UUID
    opens_at: datetime
    closes_at: datetime
    opens_on: date
    closes_on: date
    rule: WindowRule
    cause: CausingEvent
    version: int
    historical: bool
    """Whether it follows from sources."""
    state: WindowState = WindowState.SCHEDULED
    opened: Occurred | None = None
    closed: Occurred | None = None
    from_sources: bool = False
    """Whether a source states that it opened or closed; then the clock does not."""

    @property
    def days_before(self) -> int:
        """The days before the annual meeting at which it opened; until it has, is due to open."""
        return (self.rule.starts_on - self._first_day).days

    @property
    def _first_day(self) -> date:
        if self.opened is None:
            return self.opens_on
        if self.opened.precision is Precision.INSTANT:
            return day_of(self.opened.begins, self.rule.time_zone)
        # A source names the day, wherever it was.
        return self.opened.begins.date()

    @property
    def settled(self) -> bool:
        """Whether the clock brings nothing about for it any more."""
        return self.from_sources or self.state in (WindowState.CLOSED, WindowState.LAPSED)

    def advances_by(self, now: datetime) -> bool:
        """Whether the clock brings something about for it by now."""
        if self.settled or self.state is WindowState.CANCELLED:
            return False
        if self.state is WindowState.SCHEDULED:
            history = self.historical and self.closes_at <= now
            return self.opens_at <= now and not history
        return self.closes_at <= now


def _evolve(
    window: CommentWindowDocument | None, recorded: RecordedEvent
) -> CommentWindowDocument | None:
    event = recorded.event
    if isinstance(event, CommentWindow.Scheduled):
        return CommentWindowDocument(
            cycle_id=event.cycle_id,
            group_id=event.group_id,
            opens_at=event.rule.opens_at,
            closes_at=event.rule.closes_at,
            opens_on=event.rule.opens_on,
            closes_on=event.rule.ends_on,
            rule=event.rule,
            cause=event.cause,
            version=recorded.version,
            historical=event.act.provenance.historical,
        )
    if window is None or not isinstance(event, CommentWindow.Event):
        return window
    version = max(window.version, recorded.version)
    return _advanced(_changed(replace(window, version=version), event), event)


def _changed(window: CommentWindowDocument, event: CommentWindow.Event) -> CommentWindowDocument:
    historical = event.act.provenance.historical
    match event:
        case CommentWindow.Rescheduled():
            return replace(
                window,
                state=window.state if window.from_sources else WindowState.SCHEDULED,
                opens_at=event.rule.opens_at,
                closes_at=event.rule.closes_at,
                opens_on=event.rule.opens_on,
                closes_on=event.rule.ends_on,
                rule=event.rule,
                cause=event.cause,
                historical=historical,
            )
        case CommentWindow.Extended() | CommentWindow.Adjusted():
            return replace(
                window,
                closes_at=event.rule.closes_at,
                closes_on=event.rule.ends_on,
                rule=event.rule,
                cause=event.cause,
                historical=historical,
            )
        case CommentWindow.Kept():
            return replace(window, rule=event.rule, cause=event.cause)
        case CommentWindow.Cancelled():
            return replace(
                window, state=WindowState.CANCELLED, cause=event.cause, historical=historical
            )
        case _:
            return window


def _advanced(window: CommentWindowDocument, event: CommentWindow.Event) -> CommentWindowDocument:
    occurred, historical = event.act.occurred, event.act.provenance.historical
    match event:
        case CommentWindow.BecameDue():
            return replace(window, state=WindowState.DUE)
        case CommentWindow.Opened():
            return replace(window, state=WindowState.OPEN, opened=occurred, from_sources=historical)
        case CommentWindow.Closed():
            return replace(
                window, state=WindowState.CLOSED, closed=occurred, from_sources=historical
            )
        case CommentWindow.Lapsed():
            return replace(window, state=WindowState.LAPSED)
        case _:
            return window


COMMENT_WINDOWS = View(
    name="comment_windows",
    version=4,
    document=CommentWindowDocument,
    keys=stream_of(CommentWindow),
    evolve=_evolve,
    lists=lambda window: under(window.cycle_id),
)
