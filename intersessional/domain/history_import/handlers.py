"""The handler of imports."""

from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.history_import.commands import ImportHistory
from intersessional.domain.history_import.history_import import HistoryImport
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.refusals import RoleRequired


async def import_history(command: ImportHistory, context: CommandContext) -> UUID:
    """Record who imports a history, as the Secretariat (ADR 0061).

    It is no entry of a history: a file could tell of imports that nobody made.
    """
    if context.caller.operator:
        raise RoleRequired(needed=(Role.SECRETARIAT,), at=context.now)
    act = await context.act_as(Role.SECRETARIAT)
    imported = HistoryImport.enter(
        act,
        id=command.derived_id,
        history=command.history,
        digest=command.digest,
        entries=command.entries,
    )
    context.add(imported)
    return imported.id
