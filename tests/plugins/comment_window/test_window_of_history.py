"""Windows that follow from sources open as these say, and by the clock in time to come."""

import pytest

from intersessional.domain.kernel.act import LIVE, Citation, Ground, Provenance
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import AlreadyRecorded
from intersessional.plugins.comment_window.refusals import WindowFollowsClock
from intersessional.plugins.comment_window.window_history import add_closing, add_opening
from intersessional.plugins.comment_window.window_state import WindowState
from intersessional.plugins.testing import instant
from tests.plugins.comment_window.events import CAUSE, act, draft_of
from tests.plugins.comment_window.window_steps import (
    CLOSES,
    IN_SPRING,
    INSIDE,
    LATER,
    OPENS,
    YEARS_LATER,
    advance,
    event_names,
    scheduled,
)

INFERRED = Provenance(Ground.INFERRED, (Citation("minutes"),))
IMPORTED = Provenance(Ground.IMPORTED, (Citation("minutes"),))


def test_window_of_history_neither_opens_nor_closes() -> None:
    window = scheduled("2027-05", INFERRED)

    advance(window, YEARS_LATER)
    advance(window, YEARS_LATER, draft=None)

    assert event_names(window) == ["Scheduled"]


def test_window_of_history_follows_a_new_rule_at_any_time() -> None:
    window = scheduled("2027-05", INFERRED)

    window.adopt_rule(act("2027-12-24", INFERRED), rule=LATER, cause=CAUSE)

    assert event_names(window) == ["Scheduled", "Rescheduled"]
    assert window.closes_at == LATER.closes_at


def test_window_that_follows_from_sources_opens_by_the_clock_if_its_days_are_to_come() -> None:
    window = scheduled("2027-02", INFERRED)

    advance(window, OPENS)
    advance(window, CLOSES)

    events = window.take_pending_events()
    assert [
        (type(event).__name__, event.act.occurred.begins, event.act.provenance)
        for event in events[1:]
    ] == [("Opened", instant(OPENS), LIVE), ("Closed", instant(CLOSES), LIVE)]


def test_window_that_follows_from_sources_opens_no_earlier_than_it_becomes_known() -> None:
    window = scheduled("2027-02", INFERRED)

    window.advance(
        act(INSIDE), instant(INSIDE), draft_of(Occurred.parse(IN_SPRING)), just_known=True
    )

    [_, opened] = window.take_pending_events()
    assert (opened.act.occurred.begins, opened.act.provenance) == (instant(INSIDE), LIVE)


def test_opening_and_closing_of_history_are_recorded_from_a_source_once() -> None:
    window = scheduled("2027-05", INFERRED)

    add_opening(window, act("2027-10-06", IMPORTED))
    add_closing(window, act("2027-11-17/2027-11-18", IMPORTED))
    advance(window, YEARS_LATER)

    assert event_names(window) == ["Scheduled", "Opened", "Closed"]
    assert (window.opened, window.closed) == (
        Occurred.parse("2027-10-06"),
        Occurred.parse("2027-11-17/2027-11-18"),
    )
    assert (window.opens_at, window.closes_at) == (instant(OPENS), instant(CLOSES))
    with pytest.raises(AlreadyRecorded):
        add_opening(window, act("2027-10-07", IMPORTED))
    with pytest.raises(AlreadyRecorded):
        add_closing(window, act("2027-11-18", IMPORTED))


def test_window_that_opened_by_a_source_is_not_closed_by_the_clock() -> None:
    window = scheduled("2027-05", INFERRED)
    add_opening(window, act("2027-10-06", IMPORTED))

    advance(window, YEARS_LATER)
    window.adopt_rule(act("2027-12-24", INFERRED), rule=LATER, cause=CAUSE)

    assert event_names(window) == ["Scheduled", "Opened", "Rescheduled"]
    assert (window.state, window.closes_at) == (WindowState.OPEN, LATER.closes_at)


@pytest.mark.parametrize("now", [IN_SPRING, INSIDE, YEARS_LATER])
def test_opening_of_a_live_window_is_not_recorded_from_a_source(now: str) -> None:
    window = scheduled()
    advance(window, now)

    with pytest.raises(WindowFollowsClock):
        add_opening(window, act("2027-10-06", IMPORTED))
    with pytest.raises(WindowFollowsClock):
        add_closing(window, act("2027-11-18", IMPORTED))


def test_opening_that_a_source_states_fulfils_no_rule_and_names_no_draft() -> None:
    window = scheduled("2027-05", INFERRED)
    add_opening(window, act("2027-10-06", IMPORTED))
    add_closing(window, act("2027-11-17", IMPORTED))

    [_, opened, closed] = window.take_pending_events()
    assert {vars(opened)[name] for name in ("opens_at", "draft_id", "revision")} == {None}
    assert vars(closed)["closes_at"] is None
