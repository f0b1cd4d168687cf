"""Windows follow their rule, and the clock."""

from dataclasses import replace
from datetime import date

import pytest

from intersessional.domain.kernel.occurred import Occurred
from intersessional.plugins.comment_window.comment_window import CommentWindow
from intersessional.plugins.comment_window.rule import WindowRule
from intersessional.plugins.comment_window.window_state import WindowState
from intersessional.plugins.testing import instant
from tests.plugins.comment_window.events import CAUSE, CYCLE, DRAFT, GROUP, act, rule_of
from tests.plugins.comment_window.window_steps import (
    BEFORE,
    CLOSES,
    IN_SPRING,
    INSIDE,
    LAST,
    LATER,
    OPENS,
    RULE,
    YEARS_LATER,
    advance,
    event_names,
    scheduled,
)

LONGER = rule_of(date(2027, 11, 15), date(2027, 11, 21), "UTC", 42)
SHORTER = rule_of(date(2027, 11, 15), date(2027, 11, 16), "UTC", 42)
FOUR_WEEKS = rule_of(date(2027, 11, 15), date(2027, 11, 19), "UTC", 28)
OTHER_ZONE_RULES = replace(RULE, closes_at=instant("2027-11-19T23:00:00Z"))
LATER_ZONE_RULES = replace(RULE, closes_at=instant("2027-11-20T01:00:00Z"))


def adopt(window: CommentWindow, rule: WindowRule, at: str) -> None:
    window.adopt_rule(act(at), rule=rule, cause=CAUSE)


@pytest.mark.parametrize(
    ("at", "rule", "happens", "opens_at", "closes_at"),
    [
        (IN_SPRING, LATER, "Rescheduled", "2027-10-25T00:00:00Z", "2027-12-11T00:00:00Z"),
        (BEFORE, LATER, "Rescheduled", "2027-10-25T00:00:00Z", "2027-12-11T00:00:00Z"),
        (BEFORE, FOUR_WEEKS, "Rescheduled", "2027-10-18T00:00:00Z", CLOSES),
        (BEFORE, SHORTER, "Rescheduled", OPENS, "2027-11-17T00:00:00Z"),
        (BEFORE, OTHER_ZONE_RULES, "Rescheduled", OPENS, "2027-11-19T23:00:00Z"),
        (OPENS, LATER, "Extended", OPENS, "2027-12-11T00:00:00Z"),
        (LAST, LONGER, "Extended", OPENS, "2027-11-22T00:00:00Z"),
        (INSIDE, SHORTER, "Kept", OPENS, CLOSES),
        (INSIDE, FOUR_WEEKS, "Kept", OPENS, CLOSES),
        (INSIDE, OTHER_ZONE_RULES, "Adjusted", OPENS, "2027-11-19T23:00:00Z"),
        (INSIDE, LATER_ZONE_RULES, "Adjusted", OPENS, "2027-11-20T01:00:00Z"),
        (CLOSES, LONGER, "Kept", OPENS, CLOSES),
        (CLOSES, OTHER_ZONE_RULES, "Kept", OPENS, CLOSES),
        (YEARS_LATER, LATER, "Kept", OPENS, CLOSES),
    ],
)
def test_new_rule_applies_as_far_as_the_window_can_still_change(
    at: str, rule: WindowRule, happens: str, opens_at: str, closes_at: str
) -> None:
    window = scheduled()
    advance(window, at)
    window.take_pending_events()

    adopt(window, rule, at)

    assert event_names(window) == [happens]
    assert (window.opens_at, window.closes_at) == (instant(opens_at), instant(closes_at))
    assert window.rule == rule


def test_shortened_window_that_was_kept_is_prolonged_and_not_adjusted() -> None:
    window = scheduled()
    advance(window, INSIDE)

    adopt(window, SHORTER, INSIDE)
    adopt(window, replace(SHORTER, closes_at=instant("2027-11-16T23:00:00Z")), INSIDE)
    adopt(window, LONGER, INSIDE)

    assert event_names(window) == ["Scheduled", "Opened", "Kept", "Kept", "Extended"]


def test_unchanged_rule_makes_no_event() -> None:
    window = scheduled()

    adopt(window, RULE, IN_SPRING)

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
def test_window_with_a_draft_opens_and_closes_by_the_clock(
    now: str, happens: list[str], state: WindowState
) -> None:
    window = scheduled()

    advance(window, now)
    advance(window, now)

    assert event_names(window) == ["Scheduled", *happens]
    assert window.state is state


@pytest.mark.parametrize(
    ("now", "happens", "state"),
    [
        (BEFORE, [], WindowState.SCHEDULED),
        (OPENS, ["BecameDue"], WindowState.DUE),
        (LAST, ["BecameDue"], WindowState.DUE),
        (CLOSES, ["BecameDue", "Lapsed"], WindowState.LAPSED),
    ],
)
def test_window_without_a_draft_is_due_and_lapses(
    now: str, happens: list[str], state: WindowState
) -> None:
    window = scheduled()

    advance(window, now, draft=None)
    advance(window, now, draft=None)

    events = window.take_pending_events()
    assert [type(event).__name__ for event in events] == ["Scheduled", *happens]
    instants = [event.act.occurred.begins for event in events[1:]]
    assert instants == [instant(OPENS), instant(CLOSES)][: len(happens)]
    assert window.state is state


def test_window_that_is_due_opens_with_the_first_draft_and_closes_in_time() -> None:
    window = scheduled()
    advance(window, OPENS, draft=None)

    advance(window, INSIDE, draft=INSIDE)
    advance(window, CLOSES, draft=INSIDE)

    events = window.take_pending_events()
    assert [(type(event).__name__, event.act.occurred.begins) for event in events[1:]] == [
        ("BecameDue", instant(OPENS)),
        ("Opened", instant(INSIDE)),
        ("Closed", instant(CLOSES)),
    ]
    assert (window.opens_at, window.opened) == (instant(OPENS), Occurred.parse(INSIDE))


def test_window_that_is_due_follows_a_new_rule() -> None:
    window = scheduled()
    advance(window, OPENS, draft=None)

    adopt(window, LATER, INSIDE)

    assert (window.state, window.opens_at) == (WindowState.SCHEDULED, LATER.opens_at)


def test_lapsed_window_neither_opens_nor_moves() -> None:
    window = scheduled()
    advance(window, CLOSES, draft=None)

    advance(window, YEARS_LATER, draft=YEARS_LATER)
    adopt(window, LONGER, YEARS_LATER)

    assert event_names(window) == ["Scheduled", "BecameDue", "Lapsed", "Kept"]
    assert window.state is WindowState.LAPSED


def test_a_window_that_is_scheduled_late_opens_when_it_is_scheduled() -> None:
    window = scheduled("2027-11-03")

    advance(window, INSIDE)

    [_, opened] = window.take_pending_events()
    assert opened.act.occurred.at == "2027-11-03"
    assert window.opens_at == instant(OPENS)


def test_a_window_that_is_scheduled_after_its_end_never_opens() -> None:
    window = scheduled("2027-11-25")

    advance(window, YEARS_LATER)

    [_, lapsed] = window.take_pending_events()
    assert isinstance(lapsed, CommentWindow.Lapsed)
    assert lapsed.act.occurred.at == "2027-11-25"


def test_every_event_names_the_group_and_the_cycle() -> None:
    window = scheduled()
    advance(window, OPENS, draft=None)
    adopt(window, LONGER, OPENS)
    advance(window, OPENS)
    adopt(window, LATER, INSIDE)
    adopt(window, SHORTER, INSIDE)
    advance(window, YEARS_LATER)

    events = window.take_pending_events()

    assert {(vars(event)["group_id"], vars(event)["cycle_id"]) for event in events} == {
        (GROUP, CYCLE)
    }


def test_opening_and_closing_name_the_draft_and_the_instants_that_they_fulfil() -> None:
    window = scheduled()
    advance(window, OPENS, draft=None)
    advance(window, INSIDE, draft=INSIDE)
    adopt(window, LATER, INSIDE)
    advance(window, YEARS_LATER)

    [_, due, opened, _, closed] = window.take_pending_events()
    assert vars(due)["opens_at"] == vars(opened)["opens_at"] == instant(OPENS)
    assert (vars(opened)["draft_id"], vars(opened)["revision"]) == (DRAFT, 1)
    assert vars(closed)["closes_at"] == LATER.closes_at


def test_lapse_names_the_instant_at_which_the_days_had_passed() -> None:
    window = scheduled()
    advance(window, YEARS_LATER, draft=None)

    assert vars(window.take_pending_events()[-1])["closes_at"] == instant(CLOSES)
