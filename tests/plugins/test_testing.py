"""The kit for the tests of plugins: scenarios in memory, with the guards of plugins."""

from dataclasses import replace

import pytest

from intersessional.domain.annual_meeting.annual_meeting import AnnualMeeting
from intersessional.domain.comment.comment import Comment
from intersessional.domain.kernel.refusals import NotFound
from intersessional.plugins.comment_window import plugin as comment_window
from intersessional.plugins.comment_window.refusals import WindowNotScheduled
from intersessional.plugins.testing import SampleForum, SentCommand, event, scenario

FORUM = SampleForum()
COMMANDS = FORUM.commands()
POST = COMMANDS[-1]


def test_scenario_has_the_guards_of_its_plugins() -> None:
    outcome = scenario(comment_window).given(COMMANDS[:-1]).when(POST)

    assert outcome.refusal(WindowNotScheduled).group == FORUM.group


def test_scenario_of_the_core_has_no_guards() -> None:
    scenario().given(COMMANDS[:-1]).when(POST).then(event(Comment.Posted, draft_id=FORUM.draft))


def test_scenario_is_not_changed_by_what_follows_from_it() -> None:
    before = scenario().given(COMMANDS[:-1])
    before.when(POST)

    assert before.find(FORUM.comment) is None


def test_unexpected_events_fail_the_test() -> None:
    outcome = scenario().given(COMMANDS[:-1]).when(POST)

    with pytest.raises(AssertionError):
        outcome.then(AnnualMeeting.Named)
    with pytest.raises(AssertionError):
        outcome.then(event(Comment.Posted, draft_id=FORUM.group))
    with pytest.raises(AssertionError):
        outcome.refusal(NotFound)


def test_command_that_repeats_another_fails_the_test() -> None:
    again = SentCommand(replace(POST.command), POST.caller)

    with pytest.raises(AssertionError, match="recorded before"):
        scenario().given(COMMANDS).when(again)
