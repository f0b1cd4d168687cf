"""Reactions: their events are recorded in the same append as the cause."""

import asyncio
from dataclasses import replace
from uuid import UUID, uuid5

import pytest

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.command_handling.command_handler import Reaction
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.group.group import Group
from intersessional.domain.kernel.act import Act, Actor, Role
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.plugins.plugin import Plugin
from intersessional.plugins.testing import Clock
from tests.plugins.scenario import PluginScenario
from tests.plugins.system import running

NOW = "2027-03-01T12:00:00Z"


class Echo(Aggregate):
    """The aggregate that reacts to a new group."""

    TOPIC = "echo"

    class Heard(CreatedEvent):
        """An echo was heard."""

        TOPIC = "echo.heard.v1"
        groups: int

    class HeardAgain(Aggregate.Event):
        """The echo was heard once more."""

        TOPIC = "echo.heard_again.v1"


def echo_of(group: UUID) -> UUID:
    return uuid5(group, "echo")


async def echo(event: Group.Established, context: CommandContext) -> None:
    """Answer a group with the number of groups that the cycle has admitted."""
    assert event.cycle_id is not None
    cycle = await context.load(Cycle, event.cycle_id)
    context.add(
        Echo.create(
            Echo.Heard,
            id=echo_of(event.originator_id),
            act=context.consequence(),
            groups=len(cycle.admissions),
        )
    )


async def echo_again(event: Group.Established, context: CommandContext) -> None:
    """Continue the aggregate that another reaction created."""
    heard = await context.load(Echo, echo_of(event.originator_id))
    heard.record(Echo.HeardAgain, act=context.consequence())


async def never(_event: Echo.Heard, _context: CommandContext) -> None:
    """A reaction that is never called: nothing reacts to a reaction."""
    raise AssertionError("a reaction was reacted to")


async def grumble(_event: Group.Established, context: CommandContext) -> None:
    """A reaction that refuses, which it must not."""
    await context.load(Echo, UUID(int=0))


def echoing(*reactions: Reaction) -> Plugin:
    return Plugin(name="echo", aggregates=(Echo,), reactions=reactions)


async def test_reaction_is_recorded_after_its_cause_in_the_same_append(database_url: str) -> None:
    plugin = echoing(
        Reaction(Group.Established, echo),
        Reaction(Group.Established, echo_again),
        Reaction(Echo.Heard, never),
    )
    async with running(database_url, Clock(NOW), plugin) as system:
        scenario = await PluginScenario(system=system).begin()

        one, two = await scenario.establish("One", "Two")

        events = await system.events()
        [decision] = [event for event in events if event.topic == "decision.recorded.v1"]
        followed = [event for event in events if event.position > decision.position]
        assert [(event.stream, event.topic) for event in followed] == [
            (echo_of(one), "echo.heard.v1"),
            (echo_of(one), "echo.heard_again.v1"),
            (echo_of(two), "echo.heard.v1"),
            (echo_of(two), "echo.heard_again.v1"),
        ]
        caused = replace(_act(decision.event), actor=Actor(Role.SYSTEM))
        assert {_act(event.event) for event in followed} == {caused}


async def test_repeated_command_causes_a_reaction_once(database_url: str) -> None:
    async with running(
        database_url, Clock(NOW), echoing(Reaction(Group.Established, echo))
    ) as system:
        scenario = await PluginScenario(system=system).begin()
        command = scenario.decision("One")

        first = await system.submit(command)
        again = await system.submit(command)

        assert again.position == first.position
        assert await system.topics("echo.") == ["heard"]


async def test_concurrent_reactions_each_see_the_causing_event(database_url: str) -> None:
    async with running(
        database_url, Clock(NOW), echoing(Reaction(Group.Established, echo))
    ) as system:
        scenario = await PluginScenario(system=system).begin()

        await asyncio.gather(*(system.submit(scenario.decision(f"Group {n}")) for n in range(8)))

        heard = await system.events("echo.")
        assert [_groups(event.event) for event in heard] == [1, 2, 3, 4, 5, 6, 7, 8]


async def test_a_reaction_that_refuses_is_a_fault_and_nothing_is_recorded(
    database_url: str,
) -> None:
    plugin = echoing(Reaction(Group.Established, grumble))
    async with running(database_url, Clock(NOW), plugin) as system:
        scenario = await PluginScenario(system=system).begin()
        before = await system.backend.record.head()

        with pytest.raises(TypeError, match=r"a reaction to Group\.Established refused"):
            await scenario.establish("One")

        assert await system.backend.record.head() == before


def _act(event: object) -> Act:
    assert isinstance(event, Aggregate.Event | CreatedEvent)
    return event.act


def _groups(event: object) -> int:
    assert isinstance(event, Echo.Heard)
    return event.groups
