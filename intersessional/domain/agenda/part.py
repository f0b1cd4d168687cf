"""The part of the domain about agendas."""

from intersessional.domain.agenda import handlers
from intersessional.domain.agenda.agenda import Agenda
from intersessional.domain.agenda.commands import (
    AddAgendaItem,
    AdoptAgenda,
    RecordMissingAgenda,
    SetAgenda,
)
from intersessional.domain.agenda.refusals import AgendaRequired
from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.command_handling.domain_part import DomainPart
from intersessional.domain.kernel.refusals import LimitReached
from intersessional.domain.meeting.refusals import MeetingIsOver

AGENDA_PART = DomainPart(
    aggregates=(Agenda,),
    command_handlers=(
        CommandHandler(SetAgenda, handlers.set_agenda, (LimitReached, MeetingIsOver)),
        CommandHandler(AddAgendaItem, handlers.add_agenda_item, (LimitReached, MeetingIsOver)),
        CommandHandler(AdoptAgenda, handlers.adopt_agenda, (AgendaRequired, MeetingIsOver)),
        CommandHandler(
            RecordMissingAgenda,
            handlers.record_missing_agenda,
            (AgendaRequired, MeetingIsOver),
        ),
    ),
)
