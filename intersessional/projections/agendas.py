"""The views of agendas and of their items."""

from dataclasses import dataclass, replace
from uuid import UUID

from intersessional.domain.agenda.agenda import Agenda
from intersessional.domain.agenda.agenda_state import AgendaState
from intersessional.domain.agenda_item.agenda_item import AgendaItem
from intersessional.domain.agenda_item.agenda_item_state import AgendaItemState
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import CountKey, View, stream_of, under

MATTER_STATE = "MATTER_STATE"
"""The dimension in which the items of one matter are counted by their state."""


@dataclass(frozen=True)
class AgendaDocument:
    """The agenda of a meeting."""

    meeting_id: UUID
    set: Occurred | None = None
    adopted: Occurred | None = None
    missing: bool = False

    @property
    def state(self) -> AgendaState:
        """How far it is known and agreed on."""
        if self.adopted is not None:
            return AgendaState.ADOPTED
        if self.set is not None:
            return AgendaState.SET
        return AgendaState.NOT_IN_SOURCES if self.missing else AgendaState.OPEN


@dataclass(frozen=True)
class AgendaItemDocument:
    """An item of an agenda."""

    meeting_id: UUID
    matter_id: UUID
    follows_up: UUID | None
    title: Sealed
    added_later: bool
    followed_up_by: tuple[UUID, ...] = ()
    done: Occurred | None = None
    note: Sealed | None = None

    @property
    def state(self) -> AgendaItemState:
        """What became of it."""
        if self.done is not None:
            return AgendaItemState.DONE
        return AgendaItemState.CARRIED_OVER if self.followed_up_by else AgendaItemState.OPEN


def _evolve_agenda(agenda: AgendaDocument | None, recorded: RecordedEvent) -> AgendaDocument | None:
    event = recorded.event
    if isinstance(event, Agenda.Named):
        return AgendaDocument(event.meeting_id)
    if agenda is None:
        return None
    match event:
        case Agenda.Set():
            return replace(agenda, set=event.act.occurred)
        case Agenda.Adopted():
            return replace(agenda, adopted=event.act.occurred)
        case Agenda.FoundMissing():
            return replace(agenda, missing=True)
        case _:
            return agenda


def _evolve_item(
    item: AgendaItemDocument | None, recorded: RecordedEvent
) -> AgendaItemDocument | None:
    event = recorded.event
    if isinstance(event, AgendaItem.Listed):
        return AgendaItemDocument(
            meeting_id=event.meeting_id,
            matter_id=event.matter_id,
            follows_up=event.follows_up,
            title=event.title,
            added_later=event.added_later,
        )
    if item is None:
        return None
    match event:
        case AgendaItem.FollowedUp():
            return replace(item, followed_up_by=(*item.followed_up_by, event.later_item_id))
        case AgendaItem.Done():
            return replace(item, done=event.act.occurred, note=event.note)
        case _:
            return item


AGENDAS = View(
    name="agendas",
    version=1,
    document=AgendaDocument,
    keys=stream_of(Agenda),
    evolve=_evolve_agenda,
    lists=lambda agenda: under(agenda.meeting_id),
)

AGENDA_ITEMS = View(
    name="agenda_items",
    version=1,
    document=AgendaItemDocument,
    keys=stream_of(AgendaItem),
    evolve=_evolve_item,
    lists=lambda item: {*under(item.meeting_id, item.state.value), *under(item.matter_id)},
    counts=lambda item: (CountKey(item.matter_id, MATTER_STATE, item.state.value),),
)
