"""What gathers in an aggregate, and in its document, is refused beyond a limit."""

import pytest

from intersessional.domain.group.facilitation import FACILITATORS_MAX, appoint, release
from intersessional.domain.kernel.refusals import LimitReached
from intersessional.domain.participant.participant import Participant
from intersessional.domain.proposal.addition import PRESENTATIONS_MAX, add_presentation
from intersessional.domain.theme.theme import GROUPS_MAX, Theme
from tests.domain.aggregates.acts import act, group, new_id, proposal


def person(number: int) -> Participant:
    return Participant.register(act(), id=new_id(f"person {number}"))


def test_group_has_no_more_facilitators_than_the_limit() -> None:
    one = group()
    for number in range(FACILITATORS_MAX):
        appoint(one, act(), person(number))

    with pytest.raises(LimitReached):
        appoint(one, act(), person(FACILITATORS_MAX))
    release(one, act(), person(0).id)
    appoint(one, act(), person(FACILITATORS_MAX))


def test_proposal_is_presented_at_no_more_meetings_than_the_limit() -> None:
    one = proposal()
    for number in range(PRESENTATIONS_MAX):
        add_presentation(one, act(), new_id(f"meeting {number}"), None)

    with pytest.raises(LimitReached):
        add_presentation(one, act(), new_id("one more"), None)


def test_theme_is_taken_up_by_no_more_groups_than_the_limit() -> None:
    theme = Theme.register(act(), "local-content")
    for number in range(GROUPS_MAX):
        take_up(theme, f"group {number}")

    with pytest.raises(LimitReached):
        take_up(theme, "one more")


def take_up(theme: Theme, group: str) -> None:
    theme.take_up(
        act(),
        cycle_id=new_id("cycle"),
        year=2018,
        group_id=new_id(group),
        decision_id=new_id("decision"),
    )
