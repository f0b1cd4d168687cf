"""Reactions: events that follow from others, in the same append."""

import pytest

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.command_handling.command_handler import Reaction
from intersessional.domain.command_handling.in_memory_event_store import InMemoryEventStore
from intersessional.domain.command_handling.scenario import run
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.kernel.act import Actor, Role
from intersessional.domain.kernel.caller import OPERATOR
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.kernel.refusals import (
    BadValue,
)
from tests.domain.cycle_bus import bus, opening


async def follow(event: Cycle.Opened, context: CommandContext) -> None:
    """Begin the cycle of the next year."""
    id = cycle_id(event.year + 1)
    context.add(Cycle.create(Cycle.Opened, id=id, act=context.consequence(), year=event.year + 1))


def test_reaction_adds_its_events_to_the_same_append_and_nothing_reacts_to_them() -> None:
    event_store = InMemoryEventStore()
    reactions = [Reaction(Cycle.Opened, follow)]

    result = run(bus(event_store, reactions=reactions).submit(opening(2018), OPERATOR))

    assert [event.originator_id for event in event_store.events] == [cycle_id(2018), cycle_id(2019)]
    assert (result.subject, result.position) == (cycle_id(2018), 2)
    assert [event.act.actor for event in event_store.events] == [
        Actor(Role.OPERATOR),
        Actor(Role.SYSTEM),
    ]
    assert len({event.act.command for event in event_store.events}) == 1


def test_reaction_that_records_in_the_name_of_another_is_a_type_error() -> None:
    async def copy(event: Cycle.Opened, context: CommandContext) -> None:
        context.add(Cycle.create(Cycle.Opened, id=cycle_id(2019), act=event.act, year=2019))

    event_store = InMemoryEventStore()

    with pytest.raises(TypeError, match=r"a reaction recorded Cycle\.Opened as OPERATOR"):
        run(
            bus(event_store, reactions=[Reaction(Cycle.Opened, copy)]).submit(
                opening(2018), OPERATOR
            )
        )
    assert event_store.events == []


def test_reaction_that_refuses_is_a_type_error() -> None:
    async def refuse(_event: Cycle.Opened, _context: CommandContext) -> None:
        raise BadValue(field="year", problem="no.")

    event_store = InMemoryEventStore()
    reactions = [Reaction(Cycle.Opened, refuse)]

    with pytest.raises(TypeError, match=r"a reaction to Cycle\.Opened refused"):
        run(bus(event_store, reactions=reactions).submit(opening(2018), OPERATOR))
    assert event_store.events == []
