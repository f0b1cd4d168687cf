"""Guard of comments: refused outside of the window, by the server's clock, to the microsecond."""

import asyncio
from uuid import uuid4

import pytest

from intersessional.domain.comment.attribution import Channel
from intersessional.domain.comment.commands import WithdrawComment
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.caller import Caller
from intersessional.domain.kernel.refusals import NotFound, OutOfTime, Refused
from intersessional.domain.participant.commands import GrantRole
from intersessional.plugins.comment_window import plugin
from intersessional.plugins.comment_window.refusals import (
    NoCommentWindow,
    WindowClosed,
    WindowNotOpen,
    WindowNotScheduled,
)
from intersessional.plugins.comment_window.window_state import WindowState
from intersessional.plugins.testing import Clock, instant
from tests.plugins.scenario import LONG_AGO, PluginScenario, comment
from tests.plugins.system import running

NOW = "2027-03-01T12:00:00Z"
BEFORE, OPENS = "2027-10-03T21:59:59.999999Z", "2027-10-03T22:00:00Z"
INSIDE = "2027-11-01T12:00:00Z"
LAST, CLOSES = "2027-11-19T22:59:59.999999Z", "2027-11-19T23:00:00Z"
AFTER = "2027-12-01T12:00:00Z"


@pytest.mark.parametrize("now", [OPENS, INSIDE, LAST])
async def test_a_comment_is_taken_while_the_window_is_open(database_url: str, now: str) -> None:
    clock = Clock(NOW)
    async with running(database_url, clock, plugin) as system:
        scenario = await PluginScenario(system=system).begin()
        [group] = await scenario.establish("One")
        await scenario.confirm("2027-11-15", "2027-11-19")
        draft, someone = await scenario.draft(group), await scenario.person(uuid4())
        clock.set(now)

        first = await system.submit(comment(draft), someone)
        await system.submit(comment(draft, reply=first.subject), someone)

        assert await system.topics("comment.") == ["posted", "posted"]


@pytest.mark.parametrize(
    ("now", "refusal", "facts"),
    [
        (
            BEFORE,
            WindowNotOpen,
            {
                "state": WindowState.SCHEDULED,
                "opens_at": instant(OPENS),
                "closes_at": instant(CLOSES),
            },
        ),
        (CLOSES, WindowClosed, {"opened_at": instant(OPENS), "closed_at": instant(CLOSES)}),
        (AFTER, WindowClosed, {"opened_at": instant(OPENS), "closed_at": instant(CLOSES)}),
    ],
)
async def test_a_comment_or_reply_outside_is_refused_with_the_instants(
    database_url: str, now: str, refusal: type[Refused], facts: dict[str, object]
) -> None:
    clock = Clock(NOW)
    async with running(database_url, clock, plugin) as system:
        scenario = await PluginScenario(system=system).begin()
        [group] = await scenario.establish("One")
        await scenario.confirm("2027-11-15", "2027-11-19")
        draft, someone = await scenario.draft(group), await scenario.person(uuid4())
        clock.set(INSIDE if now != BEFORE else now)
        parent = None
        if now != BEFORE:
            parent = (await system.submit(comment(draft), someone)).subject
        clock.set(now)

        for late in (comment(draft), comment(draft, reply=parent)):
            with pytest.raises(refusal) as refused:
                await system.submit(late, someone)

            assert vars(refused.value) == facts


async def test_a_comment_is_taken_back_whenever_its_author_wants(database_url: str) -> None:
    clock = Clock(NOW)
    async with running(database_url, clock, plugin) as system:
        scenario = await PluginScenario(system=system).begin()
        [group] = await scenario.establish("One")
        await scenario.confirm("2027-11-15", "2027-11-19")
        draft, someone = await scenario.draft(group), await scenario.person(uuid4())
        clock.set(INSIDE)
        posted = await system.submit(comment(draft), someone)
        clock.set(AFTER)

        withdrawn = WithdrawComment(command_id=uuid4(), comment=posted.subject)
        await system.submit(withdrawn, someone)

        assert await system.topics("comment.") == ["posted", "withdrawn"]


async def test_without_a_window_a_comment_is_refused(database_url: str) -> None:
    async with running(database_url, Clock(NOW), plugin) as system:
        scenario = await PluginScenario(system=system).begin()
        [group] = await scenario.establish("One")
        draft, someone = await scenario.draft(group), await scenario.person(uuid4())

        with pytest.raises(WindowNotScheduled) as refused:
            await system.submit(comment(draft), someone)

        assert refused.value.group == group


async def test_a_draft_that_is_not_there_has_no_window_either(database_url: str) -> None:
    async with running(database_url, Clock(NOW), plugin) as system:
        scenario = PluginScenario(system=system)

        with pytest.raises(NotFound):
            await system.submit(comment(uuid4()), await scenario.person(uuid4()))


async def test_comment_as_of_another_time_is_refused(database_url: str) -> None:
    clock = Clock(NOW)
    async with running(database_url, clock, plugin) as system:
        scenario = await PluginScenario(system=system).begin()
        [group] = await scenario.establish("One")
        await scenario.confirm("2027-11-15", "2027-11-19")
        draft, someone = await scenario.draft(group), await scenario.person(uuid4())
        clock.set(AFTER)

        with pytest.raises(OutOfTime):
            await system.submit(comment(draft, occurred=INSIDE), someone)


async def test_comment_made_in_time_is_entered_later(database_url: str) -> None:
    clock = Clock(NOW)
    async with running(database_url, clock, plugin) as system:
        scenario = await PluginScenario(system=system).begin()
        [group] = await scenario.establish("One")
        await scenario.confirm("2027-11-15", "2027-11-19")
        draft, rapporteur = await scenario.draft(group), uuid4()
        secretariat = await scenario.person(rapporteur)
        await system.submit(
            GrantRole(
                command_id=uuid4(), participant=rapporteur, role=Role.SECRETARIAT, since=LONG_AGO
            )
        )
        clock.set(AFTER)

        for channel in (Channel.IN_SESSION, Channel.EMAIL, Channel.MAILING_LIST):
            command = comment(draft, channel=channel, occurred="2027-11-17")
            await system.submit(command, secretariat)
            with pytest.raises(WindowClosed):
                await system.submit(comment(draft, channel=channel), secretariat)
            with pytest.raises(WindowClosed):
                await system.submit(
                    comment(draft, channel=channel, occurred="2027-11-20"), secretariat
                )

        assert await system.topics("comment.") == ["posted"] * 3


async def test_working_group_has_no_window_and_takes_no_comment(database_url: str) -> None:
    async with running(database_url, Clock(NOW), plugin) as system:
        scenario = await PluginScenario(system=system, kind="WORKING_GROUP").begin()
        [group] = await scenario.establish("One")
        await scenario.confirm("2027-11-15", "2027-11-19")
        draft, someone = await scenario.draft(group), await scenario.person(uuid4())

        with pytest.raises(NoCommentWindow) as refused:
            await system.submit(comment(draft), someone)

        assert refused.value.group == group
        assert await system.topics("comment_window.") == []


async def test_comment_after_the_closing_is_refused_by_a_node_with_a_late_clock(
    database_url: str,
) -> None:
    clock, slow_clock = Clock(NOW), Clock(NOW)
    async with (
        running(database_url, clock, plugin) as system,
        running(database_url, slow_clock, plugin) as slow,
    ):
        scenario = await PluginScenario(system=system).begin()
        [group] = await scenario.establish("One")
        await scenario.confirm("2027-11-15", "2027-11-19")
        draft, someone = await scenario.draft(group), await scenario.person(uuid4())
        slow_clock.set(LAST)
        await slow.submit(comment(draft), someone)
        clock.set(CLOSES)
        await system.until(lambda topics: "closed" in topics, "comment_window.")

        with pytest.raises(WindowClosed):
            await slow.submit(comment(draft), someone)

        assert await system.topics("comment.") == ["posted"]


async def test_comment_is_refused_from_the_closing_on(
    database_url: str,
) -> None:
    clock = Clock(NOW)
    async with running(database_url, clock, plugin) as system:
        scenario = await PluginScenario(system=system).begin()
        [group] = await scenario.establish("One")
        await scenario.confirm("2027-11-15", "2027-11-19")
        draft = await scenario.draft(group)
        people = [await scenario.person(uuid4()) for _ in range(4)]
        clock.set(LAST)

        async def go_on(person: Caller) -> None:
            while True:
                await system.submit(comment(draft), person)

        async def until_closed(person: Caller) -> None:
            with pytest.raises(WindowClosed):
                await go_on(person)

        async def close() -> None:
            await system.until(lambda topics: topics.count("posted") >= 8, "comment.")
            clock.set(CLOSES)

        await asyncio.wait_for(
            asyncio.gather(*(until_closed(person) for person in people), close()), timeout=60
        )

        posted = await system.events("comment.posted")
        assert all(event.occurred.certain_by(instant(LAST)) for event in posted)
