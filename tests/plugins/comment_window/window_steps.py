"""A window of 2027, and what it does."""

from datetime import date

from intersessional.domain.kernel.act import LIVE, Provenance
from intersessional.domain.kernel.occurred import Occurred
from intersessional.plugins.comment_window.comment_window import CommentWindow
from intersessional.plugins.testing import instant
from tests.plugins.comment_window.events import CAUSE, CYCLE, GROUP, act, draft_of, rule_of

RULE = rule_of(date(2027, 11, 15), date(2027, 11, 19), "UTC", 42)
LATER = rule_of(date(2027, 12, 6), date(2027, 12, 10), "UTC", 42)

IN_SPRING = "2027-03-01T12:00:00Z"
BEFORE, OPENS = "2027-10-03T23:59:59.999999Z", "2027-10-04T00:00:00Z"
INSIDE = "2027-11-01T12:00:00Z"
LAST, CLOSES = "2027-11-19T23:59:59.999999Z", "2027-11-20T00:00:00Z"
YEARS_LATER = "2030-01-01T00:00:00Z"


def scheduled(at: str = IN_SPRING, provenance: Provenance = LIVE) -> CommentWindow:
    """A window that was scheduled at this instant."""
    return CommentWindow.schedule(
        act(at, provenance), group=GROUP, cycle=CYCLE, rule=RULE, cause=CAUSE
    )


def advance(window: CommentWindow, now: str, draft: str | None = IN_SPRING) -> None:
    """Let the window see the clock, and the draft that was published at ``draft``."""
    published = None if draft is None else draft_of(Occurred.parse(draft))
    window.advance(act(now), instant(now), published)


def event_names(window: CommentWindow) -> list[str]:
    """What has happened to the window since it was last asked."""
    return [type(event).__name__ for event in window.take_pending_events()]
