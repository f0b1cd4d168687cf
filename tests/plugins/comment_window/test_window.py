"""Windows follow their rule, and open and close by the clock."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intersessional.domain.kernel.act import Ground, Provenance
from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.domain.kernel.occurred import Occurred
from intersessional.plugins.comment_window.comment_window import CommentWindow, WindowState
from intersessional.plugins.comment_window.refusals import (
    NothingToAdvance,
    WindowClosed,
    WindowNotOpen,
)
from intersessional.plugins.comment_window.rule import WindowRule
from intersessional.plugins.comment_window.view import COMMENT_WINDOWS
from intersessional.plugins.testing import instant
from intersessional.projections.kernel.fold import fold_one
from tests.plugins.comment_window.events import CAUSE, CYCLE, GROUP, act, recorded

RULE = WindowRule(date(2027, 11, 15), date(2027, 11, 19), "UTC", 42)
LATER = WindowRule(date(2027, 12, 6), date(2027, 12, 10), "UTC", 42)
LONGER = replace(RULE, ends_on=date(2027, 11, 21))
SHORTER = replace(RULE, ends_on=date(2027, 11, 16))
FOUR_WEEKS = replace(RULE, days_before=28)

IN_SPRING = "2027-03-01T12:00:00Z"
BEFORE, OPENS = "2027-10-03T23:59:59.999999Z", "2027-10-04T00:00:00Z"
INSIDE = "2027-11-01T12:00:00Z"
LAST, CLOSES = "2027-11-19T23:59:59.999999Z", "2027-11-20T00:00:00Z"
YEARS_LATER = "2030-01-01T00:00:00Z"


def scheduled(at: str = IN_SPRING, provenance: Provenance | None = None) -> CommentWindow:
    envelope = act(at) if provenance is None else act(at, provenance)
    return CommentWindow.schedule(envelope, group=GROUP, cycle=CYCLE, rule=RULE, cause=CAUSE)


def event_names(window: CommentWindow) -> list[str]:
    return [type(event).__name__ for event in window.take_pending_events()]


@pytest.mark.parametrize(
    ("at", "rule", "happens", "opens_at", "closes_at"),
    [
        (IN_SPRING, LATER, "Rescheduled", "2027-10-25T00:00:00Z", "2027-12-11T00:00:00Z"),
        (BEFORE, LATER, "Rescheduled", "2027-10-25T00:00:00Z", "2027-12-11T00:00:00Z"),
        (BEFORE, FOUR_WEEKS, "Rescheduled", "2027-10-18T00:00:00Z", CLOSES),
        (BEFORE, SHORTER, "Rescheduled", OPENS, "2027-11-17T00:00:00Z"),
        (OPENS, LATER, "Extended", OPENS, "2027-12-11T00:00:00Z"),
        (LAST, LONGER, "Extended", OPENS, "2027-11-22T00:00:00Z"),
        (INSIDE, SHORTER, "Kept", OPENS, CLOSES),
        (INSIDE, FOUR_WEEKS, "Kept", OPENS, CLOSES),
        (CLOSES, LONGER, "Kept", OPENS, CLOSES),
        (YEARS_LATER, LATER, "Kept", OPENS, CLOSES),
    ],
)
def test_new_rule_applies_as_far_as_the_window_can_still_change(
    at: str, rule: WindowRule, happens: str, opens_at: str, closes_at: str
) -> None:
    window = scheduled()

    window.advance(act(at), instant(at))
    window.take_pending_events()

    window.adopt_rule(act(at), rule=rule, cause=CAUSE, at=instant(at))

    assert event_names(window) == [happens]
    assert (window.opens_at, window.closes_at) == (instant(opens_at), instant(closes_at))
    assert window.rule == rule


def test_opening_and_closing_come_before_a_change_of_the_rule() -> None:
    window = scheduled()

    window.adopt_rule(act(INSIDE), rule=LONGER, cause=CAUSE, at=instant(INSIDE))
    window.adopt_rule(act(YEARS_LATER), rule=LATER, cause=CAUSE, at=instant(YEARS_LATER))

    assert event_names(window) == ["Scheduled", "Opened", "Extended", "Closed", "Kept"]


def test_unchanged_rule_makes_no_event() -> None:
    window = scheduled()

    window.adopt_rule(act(IN_SPRING), rule=RULE, cause=CAUSE, at=instant(IN_SPRING))

    assert event_names(window) == ["Scheduled"]


@pytest.mark.parametrize(
    ("now", "happens", "state"),
    [
        (IN_SPRING, [], WindowState.SCHEDULED),
        (BEFORE, [], WindowState.SCHEDULED),
        (OPENS, ["Opened"], WindowState.OPEN),
        (LAST, ["Opened"], WindowState.OPEN),
        (CLOSES, ["Opened", "Closed"], WindowState.CLOSED),
        (YEARS_LATER, ["Opened", "Closed"], WindowState.CLOSED),
    ],
)
def test_window_is_opened_and_closed_by_the_clock(
    now: str, happens: list[str], state: WindowState
) -> None:
    window = scheduled()

    window.advance(act(now), instant(now))
    window.advance(act(now), instant(now))

    assert event_names(window) == ["Scheduled", *happens]
    assert window.state is state


def test_window_opened_and_closed_at_its_instants_however_late_it_is_recorded() -> None:
    ground = Provenance(Ground.INFERRED, ("minutes",))
    window = scheduled("2027-05", ground)

    window.advance(act(YEARS_LATER), instant(YEARS_LATER))

    assert [
        (event.act.occurred.at, event.act.provenance) for event in window.take_pending_events()
    ] == [
        ("2027-05", ground),
        ("2027-10-04T00:00:00.000000Z", ground),
        ("2027-11-20T00:00:00.000000Z", ground),
    ]


def test_a_window_that_is_scheduled_late_opens_when_it_is_scheduled() -> None:
    window = scheduled("2027-11-03")

    window.advance(act(INSIDE), instant(INSIDE))

    [_, opened] = window.take_pending_events()
    assert opened.act.occurred.at == "2027-11-03"
    assert window.opens_at == instant(OPENS)


def test_a_window_that_is_scheduled_after_its_end_never_opens() -> None:
    window = scheduled("2027-11-25")

    window.advance(act(YEARS_LATER), instant(YEARS_LATER))

    [_, closed] = window.take_pending_events()
    assert isinstance(closed, CommentWindow.Closed)
    assert closed.act.occurred.at == "2027-11-25"


def test_history_recorded_later_moves_a_window_that_had_not_opened_then() -> None:
    window = scheduled()
    window.advance(act(YEARS_LATER), instant(YEARS_LATER))

    window.adopt_rule(act("2027-06"), rule=LATER, cause=CAUSE, at=instant("2027-06-01T00:00:00Z"))
    window.advance(act(YEARS_LATER), instant(YEARS_LATER))

    assert event_names(window) == [
        "Scheduled",
        "Opened",
        "Closed",
        "Rescheduled",
        "Opened",
        "Closed",
    ]
    assert window.closes_at == LATER.closes_at


starts = st.integers(0, 30).map(lambda days: date(2027, 2, 1) + timedelta(days=days))


def a_rule(starts_on: date, length: int, days_before: int) -> WindowRule:
    return WindowRule(starts_on, starts_on + timedelta(days=length), "Europe/Paris", days_before)


rules = st.builds(a_rule, starts, st.integers(0, 5), st.integers(0, 30))
hours = st.integers(0, 24 * 20)
steps = st.lists(st.tuples(hours, st.none() | rules), max_size=12)


@given(rules, steps)
def test_an_open_window_is_never_shortened_and_a_closed_one_never_changes(
    rule: WindowRule, steps: list[tuple[int, WindowRule | None]]
) -> None:
    now = datetime(2027, 1, 1, tzinfo=UTC)
    window = CommentWindow.schedule(act(now), group=GROUP, cycle=CYCLE, rule=rule, cause=CAUSE)
    events: list[DomainEvent] = []
    for passed, another in steps:
        now += timedelta(hours=passed)
        opens_at, closes_at = window.opens_at, window.closes_at
        if another is not None:
            window.adopt_rule(act(now), rule=another, cause=CAUSE, at=now)
        window.advance(act(now), now)
        events.extend(window.take_pending_events())

        if now >= closes_at:
            assert (window.opens_at, window.closes_at) == (opens_at, closes_at)
        elif now >= opens_at:
            assert window.opens_at == opens_at
            assert window.closes_at >= closes_at
        elif another is not None:
            assert (window.opens_at, window.closes_at) == (another.opens_at, another.closes_at)
        assert window.state is state_at(window, now)
        assert_seen_as_it_is(window, events)


def state_at(window: CommentWindow, now: datetime) -> WindowState:
    if now >= window.closes_at:
        return WindowState.CLOSED
    return WindowState.OPEN if now >= window.opens_at else WindowState.SCHEDULED


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
    assert (seen.opened is not None) >= (seen.state is WindowState.OPEN)
    assert (seen.closed is not None) == (seen.state is WindowState.CLOSED)


def test_comment_certainly_made_outside_of_the_window_is_refused() -> None:
    window = scheduled()

    for made in (OPENS, LAST, "2027-10"):
        window.check_open(Occurred.parse(made), live=False)
    with pytest.raises(WindowNotOpen):
        window.check_open(Occurred.parse(BEFORE), live=True)
    with pytest.raises(WindowClosed):
        window.check_open(Occurred.parse(CLOSES), live=False)


def test_live_comment_on_a_window_recorded_as_closed_is_refused() -> None:
    window = scheduled()
    window.advance(act(CLOSES), instant(CLOSES))

    window.check_open(Occurred.parse(LAST), live=False)
    with pytest.raises(WindowClosed):
        window.check_open(Occurred.parse(LAST), live=True)


def test_window_is_not_turned_before_its_time() -> None:
    window = scheduled()

    with pytest.raises(NothingToAdvance):
        window.advance_if_due(act(BEFORE), instant(BEFORE))
    window.advance_if_due(act(CLOSES), instant(CLOSES))
    with pytest.raises(NothingToAdvance):
        window.advance_if_due(act(YEARS_LATER), instant(YEARS_LATER))
