"""Handlers of the commands about agendas."""

from uuid import UUID, uuid5

from intersessional.domain.agenda.agenda import Agenda
from intersessional.domain.agenda.commands import (
    AddAgendaItem,
    AdoptAgenda,
    RecordMissingAgenda,
    SetAgenda,
)
from intersessional.domain.agenda_item.agenda_item import AgendaItem
from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.ids import agenda_id
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.meeting.handlers import called_meeting
from intersessional.domain.meeting.meeting_state import MeetingState
from intersessional.domain.meeting.refusals import MeetingIsOver


async def set_agenda(command: SetAgenda, context: CommandContext) -> UUID:
    """Set the agenda of a meeting, as one of those who call it."""
    agenda, act = await _agenda(context, command.meeting)
    ids = tuple(uuid5(command.command_id, f"item-{n}") for n in range(1, len(command.items) + 1))
    agenda.set(act, ids)
    for n, (id, entry) in enumerate(zip(ids, command.items, strict=True)):
        try:
            await _list(context, agenda, act, id, entry.title, entry.follows_up)
        except BadValue as refused:
            raise refused.within(f"items.{n}") from None
    return agenda.id


async def add_agenda_item(command: AddAgendaItem, context: CommandContext) -> UUID:
    """Put a further item on an agenda, as one of those who call the meeting."""
    agenda, act = await _agenda(context, command.meeting)
    added_later = agenda.at(act.occurred).is_set
    id = command.derived_id
    agenda.add_item(act, id)
    await _list(
        context, agenda, act, id, command.title, command.follows_up, added_later=added_later
    )
    return id


async def adopt_agenda(command: AdoptAgenda, context: CommandContext) -> UUID:
    """Record that a meeting adopted its agenda."""
    agenda, act = await _agenda(context, command.meeting)
    agenda.adopt(act)
    return agenda.id


async def record_missing_agenda(command: RecordMissingAgenda, context: CommandContext) -> UUID:
    """Record that no source has the agenda of a past meeting."""
    agenda, act = await _agenda(context, command.meeting)
    agenda.find_missing(act)
    return agenda.id


async def _agenda(context: CommandContext, meeting_id: UUID) -> tuple[Agenda, Act]:
    """The agenda of a meeting, and the act of one of those who call it.

    Raises what ``called_meeting`` raises, and MeetingIsOver for a meeting that was cancelled.
    """
    meeting, act = await called_meeting(context, meeting_id)
    state = meeting.at(act.occurred).state
    if state is MeetingState.CANCELLED:
        raise MeetingIsOver(meeting=meeting.id, state=state)
    expected = context.command.expected_version
    agenda = await context.find(Agenda, agenda_id(meeting.id), expected)
    if agenda is None:
        agenda = Agenda.register(act, meeting)
        context.add(agenda)
    return agenda, act


async def _list(
    context: CommandContext,
    agenda: Agenda,
    act: Act,
    id: UUID,
    title: str,
    follows_up: UUID | None,
    *,
    added_later: bool = False,
) -> None:
    earlier = None if follows_up is None else await context.load(AgendaItem, follows_up)
    item = AgendaItem.list_on(
        act, agenda, id=id, title=title, earlier=earlier, added_later=added_later
    )
    context.add(item)
    if earlier is not None:
        earlier.carry_over(act, item)
