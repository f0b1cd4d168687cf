"""Facts told in any order make the same windows at every instant."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from itertools import permutations
from uuid import UUID, uuid5

import pytest

from intersessional.domain.annual_meeting.commands import (
    CancelAnnualMeeting,
    ConfirmAnnualMeeting,
    RescheduleAnnualMeeting,
)
from intersessional.domain.command_handling.command import Command
from intersessional.domain.cycle.commands import OpenCycle
from intersessional.domain.decision.commands import Establish, OutcomeChoice, RecordDecision
from intersessional.domain.kernel.act import Citation, Ground, Provenance
from intersessional.domain.kernel.ids import cycle_id, outcome_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.policy.commands import SetPolicy
from intersessional.plugins.comment_window import plugin
from intersessional.plugins.comment_window.comment_window import CommentWindow
from intersessional.plugins.comment_window.rule import WindowRule
from intersessional.plugins.comment_window.view import COMMENT_WINDOWS
from intersessional.plugins.comment_window.window_id import window_id
from intersessional.plugins.comment_window.window_state import WindowState
from intersessional.plugins.testing import Scenario, SentCommand, instant, scenario
from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.fold import fold
from tests.plugins.comment_window.events import recorded

NOW = instant("2031-01-01T00:00:00Z")
IMPORTED = Provenance(Ground.IMPORTED, (Citation("minutes"),))
NAMESPACE = UUID("22222222-2027-4000-8000-000000000001")


def sent(command: Command, occurred: str) -> SentCommand:
    past = replace(command, occurred=Occurred.parse(occurred), provenance=IMPORTED)
    return SentCommand(past, now=NOW)


def command_id(name: str) -> UUID:
    return uuid5(NAMESPACE, name)


def decided(name: str, occurred: str, outcome: OutcomeChoice) -> SentCommand:
    decision = RecordDecision(
        command_id=command_id(name), year=2027, statement="So it was.", outcomes=(outcome,)
    )
    return sent(decision, occurred)


def weeks(weeks: int, occurred: str, *, general: bool = False) -> SentCommand:
    policy = SetPolicy(key="COMMENT_WINDOW_WEEKS", value=weeks, general=general)
    return decided(f"weeks {occurred}", occurred, OutcomeChoice(set_policy=policy))


def moved(starts_on: date, occurred: str) -> SentCommand:
    command = RescheduleAnnualMeeting(
        command_id=command_id(f"moved {occurred}"),
        year=2027,
        starts_on=starts_on,
        ends_on=starts_on.replace(day=starts_on.day + 3),
        reason="So it had to be.",
    )
    return sent(command, occurred)


CANCELLED = sent(
    CancelAnnualMeeting(command_id=command_id("cancelled"), year=2027, reason="A flood."), "2027-08"
)
GROUP = outcome_id(command_id("establish"), 1)
BEGIN = (
    sent(OpenCycle(command_id=command_id("open"), year=2027), "2027-01"),
    decided(
        "establish",
        "2027-03",
        OutcomeChoice(establish=Establish(kind="DYNAMIC_COALITION", name="One")),
    ),
    sent(
        ConfirmAnnualMeeting(
            command_id=command_id("confirm"),
            year=2027,
            starts_on=date(2027, 11, 15),
            ends_on=date(2027, 11, 19),
            place="Somewhere",
            time_zone="Europe/Paris",
        ),
        "2027-04",
    ),
)
FACTS = (
    weeks(8, "2027-05"),
    moved(date(2027, 12, 6), "2027-06"),
    weeks(6, "2027-07"),
    moved(date(2027, 11, 22), "2027-09"),
)
INSTANTS = tuple(
    instant(f"2027-{month:02}-15T00:00:00Z") for month in (3, 4, 5, 6, 7, 8, 9, 10, 11, 12)
)
DUE = {
    5: "2027-10-03T22:00:00Z",
    6: "2027-09-19T22:00:00Z",
    7: "2027-10-10T22:00:00Z",
    8: "2027-10-24T22:00:00Z",
    10: "2027-10-10T22:00:00Z",
}
"""When the window was due to open, as it was by the middle of these months."""


def windows(given: Scenario) -> Mapping[datetime, tuple[WindowState, WindowRule]]:
    """The window of the group as it was at every instant."""
    history = recorded(given.events())
    found: dict[datetime, tuple[WindowState, WindowRule]] = {}
    for at in INSTANTS:
        folded = fold(COMMENT_WINDOWS, history, AsOf(len(history), at)).get(
            window_id(GROUP, cycle_id(2027))
        )
        if folded is not None:
            assert folded.document.opens_at == folded.document.rule.opens_at
            assert folded.document.closes_at == folded.document.rule.closes_at
            found[at] = (folded.document.state, folded.document.rule)
    return found


IN_ORDER = windows(scenario(plugin).given(BEGIN, FACTS))


def test_window_was_due_by_what_was_in_force_at_each_instant() -> None:
    opens_at = {at.month: rule.opens_at for at, (_, rule) in IN_ORDER.items()}

    assert {month: opens_at[month] for month in DUE} == {
        month: instant(text) for month, text in DUE.items()
    }


@pytest.mark.parametrize("facts", [*permutations(FACTS)])
def test_window_is_the_same_in_whatever_order_the_facts_were_told(
    facts: tuple[SentCommand, ...],
) -> None:
    given = scenario(plugin).given(BEGIN, facts)

    assert windows(given) == IN_ORDER
    window = given.aggregate(CommentWindow, window_id(GROUP, cycle_id(2027)))
    assert window.rule.starts_on == date(2027, 11, 22)


@pytest.mark.parametrize("facts", [*permutations((FACTS[0], FACTS[1], CANCELLED))])
def test_cancellation_told_early_or_late_ends_the_days_of_the_window(
    facts: tuple[SentCommand, ...],
) -> None:
    told = scenario(plugin).given(BEGIN, facts)

    assert windows(told) == windows(scenario(plugin).given(BEGIN, FACTS[:2], CANCELLED))
    assert (
        told.aggregate(CommentWindow, window_id(GROUP, cycle_id(2027))).state
        is WindowState.CANCELLED
    )


GENERAL = weeks(3, "2027-06", general=True), weeks(4, "2027-08", general=True), FACTS[0]
"""General weeks, and those of the cycle, which go before them from May on."""


@pytest.mark.parametrize("facts", [*permutations(GENERAL)])
def test_weeks_of_the_cycle_go_before_general_ones_in_whatever_order_they_were_told(
    facts: tuple[SentCommand, ...],
) -> None:
    given = scenario(plugin).given(BEGIN, facts)

    assert windows(given) == windows(scenario(plugin).given(BEGIN, FACTS[0]))
    window = given.aggregate(CommentWindow, window_id(GROUP, cycle_id(2027)))
    assert window.rule.days_before == 56
