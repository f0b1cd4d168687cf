"""Laws of windows: what is open is never shortened, what is over never changes."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.domain.kernel.occurred import Occurred
from intersessional.plugins.comment_window.comment_window import CommentWindow
from intersessional.plugins.comment_window.rule import WindowRule
from intersessional.plugins.comment_window.view import COMMENT_WINDOWS
from intersessional.plugins.comment_window.window_state import WindowState
from intersessional.projections.kernel.fold import fold_one
from tests.plugins.comment_window.events import (
    CAUSE,
    CYCLE,
    GROUP,
    act,
    draft_of,
    recorded,
    rule_of,
)

STARTS = st.integers(0, 30).map(lambda days: date(2027, 2, 1) + timedelta(days=days))


def a_rule(starts_on: date, length: int, days_before: int) -> WindowRule:
    ends_on = starts_on + timedelta(days=length)
    return rule_of(starts_on, ends_on, "Europe/Paris", days_before)


RULES = st.builds(a_rule, STARTS, st.integers(0, 5), st.integers(0, 30))
HOUR = timedelta(hours=1)
HOURS = st.integers(0, 24 * 20)
STEPS = st.lists(st.tuples(HOURS, st.none() | RULES), max_size=12)
DRAFTS = st.none() | HOURS.map(lambda hours: datetime(2027, 1, 1, tzinfo=UTC) + hours * HOUR)


@given(RULES, STEPS, DRAFTS)
def test_window_that_is_open_is_never_shortened_and_one_that_is_over_never_changes(
    rule: WindowRule, steps: list[tuple[int, WindowRule | None]], first: datetime | None
) -> None:
    now = datetime(2027, 1, 1, tzinfo=UTC)
    window = CommentWindow.schedule(act(now), group=GROUP, cycle=CYCLE, rule=rule, cause=CAUSE)
    events: list[DomainEvent] = []
    for passed, another in steps:
        now += timedelta(hours=passed)
        draft = None if first is None or first > now else draft_of(Occurred.instant(first))
        window.advance(act(now), now, draft)
        state, opens_at, closes_at = window.state, window.opens_at, window.closes_at
        if another is not None:
            window.adopt_rule(act(now), rule=another, cause=CAUSE)
        window.advance(act(now), now, draft)
        events.extend(window.take_pending_events())

        match state:
            case WindowState.CLOSED | WindowState.LAPSED:
                assert (window.opens_at, window.closes_at) == (opens_at, closes_at)
                assert window.state is state
            case WindowState.OPEN:
                assert window.opens_at == opens_at
                assert window.closes_at >= closes_at
            case WindowState.SCHEDULED | WindowState.DUE if another is not None:
                assert (window.opens_at, window.closes_at) == (another.opens_at, another.closes_at)
            case _:
                assert (window.opens_at, window.closes_at) == (opens_at, closes_at)
        assert window.state in states_at(window, now, has_draft=draft is not None)
        assert_seen_as_it_is(window, events)


def states_at(window: CommentWindow, now: datetime, *, has_draft: bool) -> Sequence[WindowState]:
    if now >= window.closes_at:
        return [WindowState.CLOSED, WindowState.LAPSED]
    if now >= window.opens_at:
        return [WindowState.OPEN if has_draft else WindowState.DUE]
    return [WindowState.SCHEDULED]


def assert_seen_as_it_is(window: CommentWindow, events: Sequence[DomainEvent]) -> None:
    seen = fold_one(COMMENT_WINDOWS, recorded(events))
    assert seen is not None
    assert (seen.state, seen.opens_at, seen.closes_at, seen.rule, seen.version) == (
        window.state,
        window.opens_at,
        window.closes_at,
        window.rule,
        window.version,
    )
    assert (seen.opened, seen.closed) == (window.opened, window.closed)
    assert (seen.opened is None) == (
        seen.state in (WindowState.SCHEDULED, WindowState.DUE, WindowState.LAPSED)
    )
    assert (seen.closed is not None) == (seen.state is WindowState.CLOSED)
