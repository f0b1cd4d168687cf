"""Refusals about items of agendas."""

from uuid import UUID

from intersessional.domain.kernel.refusals import Refused


class AgendaItemIsDone(Refused):
    """The item of the agenda was dealt with before."""

    code = "AGENDA_ITEM_DONE"
    sentence = "The item {item} was dealt with before."
    item: UUID
    """The id of the item."""
