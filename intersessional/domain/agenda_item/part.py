"""The part of the domain about items of agendas."""

from intersessional.domain.agenda_item import handlers
from intersessional.domain.agenda_item.agenda_item import AgendaItem
from intersessional.domain.agenda_item.commands import FinishAgendaItem
from intersessional.domain.agenda_item.refusals import AgendaItemIsDone
from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.domain_part import DomainPart

AGENDA_ITEM_PART = DomainPart(
    aggregates=(AgendaItem,),
    command_handlers=(
        CommandHandler(FinishAgendaItem, handlers.finish_agenda_item, (AgendaItemIsDone,)),
    ),
)
