"""Handlers of the commands about sources."""

from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.kernel.act import Role
from intersessional.domain.source.commands import ListSource
from intersessional.domain.source.source import Source


async def list_source(command: ListSource, context: CommandContext) -> UUID:
    """Register a source under a key that no other source has."""
    act = await context.act_as(Role.SECRETARIAT)
    await context.check_absent(Source, Source.id_of(command.key))
    source = Source.register(act, key=command.key, title=command.title, location=command.location)
    context.add(source)
    return source.id
