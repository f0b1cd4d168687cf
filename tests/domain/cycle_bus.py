"""A command bus whose one command opens a cycle."""

from typing import Any
from uuid import UUID

from intersessional.domain.command_handling.command_bus import CommandBus
from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.in_memory_event_store import InMemoryEventStore
from intersessional.domain.cycle.commands import OpenCycle
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.aggregate import Aggregate
from intersessional.domain.kernel.ids import cycle_id
from tests.domain.actors import id_of
from tests.domain.given_when_then import NOW


async def open_cycle(command: OpenCycle, context: CommandContext) -> UUID:
    """Open the cycle."""
    act = await context.act_as(Role.OPERATOR)
    await context.check_absent(Cycle, command.created_id)
    context.add(Cycle.create(Cycle.Opened, id=command.created_id, act=act, year=command.year))
    return command.created_id


OPEN_CYCLE = CommandHandler(OpenCycle, open_cycle)


def opening(year: int, key: str = "") -> OpenCycle:
    """Another ``key`` is another command."""
    return OpenCycle(command_id=id_of(f"open {year} {key}"), year=year)


def bus(event_store: InMemoryEventStore, *handlers: CommandHandler, **others: Any) -> CommandBus:
    """A bus that can open cycles, or what the handlers do."""
    return CommandBus(
        event_store, command_handlers=handlers or (OPEN_CYCLE,), clock=lambda: NOW, **others
    )


class BehindEventStore(InMemoryEventStore):
    """An event store whose cache lacks the events of other writers."""

    async def load(self, id: UUID, *, fresh: bool = False) -> Aggregate | None:
        return await super().load(id, fresh=True) if fresh else None


async def load_cycle(command: OpenCycle, context: CommandContext) -> UUID:
    """Load the cycle of 2018."""
    return (await context.load(Cycle, cycle_id(2018))).id
