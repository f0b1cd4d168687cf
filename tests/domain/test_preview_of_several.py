"""The previews of several commands: what they would record together, recording nothing."""

from datetime import date
from typing import Any
from uuid import UUID

from intersessional.domain.command_handling.command import Command
from intersessional.domain.command_handling.command_bus import CommandBus
from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.command_handling.command_envelope import CommandEnvelope
from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.command_preview import REFUSED_MAX
from intersessional.domain.command_handling.in_memory_event_store import InMemoryEventStore
from intersessional.domain.command_handling.scenario import run
from intersessional.domain.cycle.commands import OpenCycle, SetProposalDeadline
from intersessional.domain.cycle.handlers import open_cycle, set_proposal_deadline
from intersessional.domain.kernel.caller import OPERATOR
from intersessional.domain.kernel.refusals import AlreadyRecorded, CommandReused, NotFound
from tests.domain.actors import id_of
from tests.domain.given_when_then import NOW


def opening(year: int, key: str = "") -> Command:
    """The command that opens a cycle."""
    return OpenCycle(command_id=id_of(f"open {year} {key}"), year=year)


def due(year: int) -> Command:
    """The command that sets a deadline."""
    return SetProposalDeadline(
        command_id=id_of(f"due {year}"), year=year, due_on=date(NOW.year + 1, 1, 1)
    )


def bus(event_store: InMemoryEventStore, opens: Any = open_cycle) -> CommandBus:
    """A command bus with two handlers."""
    handlers = (
        CommandHandler(OpenCycle, opens),
        CommandHandler(SetProposalDeadline, set_proposal_deadline),
    )
    return CommandBus(event_store, command_handlers=handlers, clock=lambda: NOW)


def sent(*commands: Command) -> list[CommandEnvelope]:
    """Commands of the operator."""
    return [CommandEnvelope(one, OPERATOR) for one in commands]


def test_each_command_sees_what_the_ones_before_it_would_record() -> None:
    event_store = InMemoryEventStore()
    run(bus(event_store).submit(opening(2018), OPERATOR))
    envelopes = sent(opening(2018), opening(2018, "again"), due(2020), opening(2020), due(2020))

    shown = run(bus(event_store).preview_all(envelopes))

    assert shown[0].repeated
    assert isinstance(shown[1].refused, AlreadyRecorded)
    assert isinstance(shown[2].refused, NotFound)
    assert [type(event) for one in shown[3:] for event in one.events] == [
        type(event) for one in shown for event in one.events
    ]
    assert [len(one.events) for one in shown] == [0, 0, 0, 1, 1]
    assert len(event_store.events) == 1


def test_what_a_refused_command_had_begun_does_not_count() -> None:
    async def open_two(command: OpenCycle, context: CommandContext) -> UUID:
        opened = await open_cycle(command, context)
        if command.year == 2018:
            raise NotFound(kind="cycle", id="2019")
        return opened

    shown = run(
        bus(InMemoryEventStore(), open_two).preview_all(
            sent(opening(2018), due(2018), opening(2020))
        )
    )

    assert isinstance(shown[0].refused, NotFound)
    assert isinstance(shown[1].refused, NotFound)
    assert len(shown[2].events) == 1


def test_id_that_stands_for_another_command_is_a_refusal_of_its_own() -> None:
    event_store = InMemoryEventStore()
    run(bus(event_store).submit(opening(2018), OPERATOR))
    reused = OpenCycle(command_id=opening(2018).command_id, year=2020)

    [shown] = run(bus(event_store).preview_all(sent(reused)))

    assert isinstance(shown.refused, CommandReused)


def test_previews_end_after_so_many_refusals() -> None:
    years = range(2000, 2000 + REFUSED_MAX + 1)

    shown = run(bus(InMemoryEventStore()).preview_all(sent(*map(due, years))))

    assert [one.refused is None for one in shown] == [False] * REFUSED_MAX + [True]
