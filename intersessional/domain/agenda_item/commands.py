"""Commands about items of agendas."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.command_handling.command import Command


@dataclass(frozen=True, kw_only=True)
class FinishAgendaItem(Command):
    """Record that an item of an agenda was dealt with, and nothing of it was left."""

    TOPIC = "agenda_item.finish"

    item: UUID
    """The item, by its id."""
    note: str | None = None
    """What came of it; at most 20,000 bytes in UTF-8."""
