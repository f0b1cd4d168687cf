"""Handlers of the commands about items of agendas."""

from uuid import UUID

from intersessional.domain.agenda_item.agenda_item import AgendaItem
from intersessional.domain.agenda_item.commands import FinishAgendaItem
from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.meeting.handlers import called_meeting


async def finish_agenda_item(command: FinishAgendaItem, context: CommandContext) -> UUID:
    """Record that an item was dealt with, as one of those who call its meeting."""
    item = await context.load(AgendaItem, command.item, command.expected_version)
    _, act = await called_meeting(context, item.meeting_id)
    item.finish(act, command.note)
    return item.id
