"""A plugin's commands are imported as the core's are."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from intersessional.domain.command_handling.command import Command
from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.infra.importer.history import parse_history
from intersessional.plugins.composition import Composition
from intersessional.plugins.core import CORE
from intersessional.plugins.plugin import Plugin
from tests.infra.importer.core_backend import import_and_wait, open_core_backend


class Bell(Aggregate):
    TOPIC = "bell"

    class Rung(CreatedEvent):
        """A bell was rung."""

        TOPIC = "bell.rung.v1"
        rung_at: datetime
        loudly: bool


@dataclass(frozen=True, kw_only=True)
class RingBell(Command):
    TOPIC = "bell.ring"

    rung_at: datetime
    loudly: bool = False


async def ring_bell(command: RingBell, context: CommandContext) -> UUID:
    act = await context.act_as(Role.SECRETARIAT)
    bell = Bell.create(
        Bell.Rung, id=command.created_id, act=act, rung_at=command.rung_at, loudly=command.loudly
    )
    context.add(bell)
    return bell.id


BELLS = Plugin(
    name="bells", aggregates=(Bell,), command_handlers=(CommandHandler(RingBell, ring_bell),)
)

HISTORY = """\
history: bells
entries:
  - key: bell
    command: RingBell
    occurred: 2018-11-12
    ground: ILLUSTRATION
    fields: {rung_at: 2018-11-12T10:00:00+01:00, loudly: true}
"""


async def test_command_of_a_plugin_is_imported(database_url: str) -> None:
    composition = Composition((CORE, BELLS))

    async with open_core_backend(database_url, composition) as backend:
        outcome = await import_and_wait(backend, parse_history("bells.yaml", HISTORY))
        (recorded,) = (await backend.record.by_position([outcome.position])).values()

    assert isinstance(recorded.event, Bell.Rung)
    assert recorded.event.rung_at == datetime(2018, 11, 12, 9, tzinfo=UTC)
    assert recorded.event.loudly
