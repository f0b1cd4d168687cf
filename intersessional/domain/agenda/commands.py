"""Commands about agendas."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.command_handling.command import Command
from intersessional.domain.kernel.ids import agenda_id


@dataclass(frozen=True, kw_only=True)
class AgendaEntry:
    """One item of an agenda that is set."""

    title: str
    """The title; at most 300 bytes in UTF-8."""
    follows_up: UUID | None = None
    """The item of another meeting that it follows up, by its id."""


@dataclass(frozen=True, kw_only=True)
class SetAgenda(Command):
    """Set the agenda of a meeting, as it was circulated (DOMAIN row 2)."""

    TOPIC = "agenda.set"

    meeting: UUID
    """The meeting, by its id."""
    items: tuple[AgendaEntry, ...]
    """The items, in order."""

    @property
    def created_id(self) -> UUID:
        """The id of the agenda: a meeting has one."""
        return agenda_id(self.meeting)


@dataclass(frozen=True, kw_only=True)
class AddAgendaItem(Command):
    """Put a further item on the agenda of a meeting, or carry one over to it (DOMAIN row 2)."""

    TOPIC = "agenda.add_item"

    meeting: UUID
    """The meeting, by its id."""
    title: str
    """The title; at most 300 bytes in UTF-8."""
    follows_up: UUID | None = None
    """The item of another meeting that it follows up, by its id."""


@dataclass(frozen=True, kw_only=True)
class AdoptAgenda(Command):
    """Record that a meeting adopted its agenda (DOMAIN row 2)."""

    TOPIC = "agenda.adopt"

    meeting: UUID
    """The meeting, by its id."""

    @property
    def created_id(self) -> UUID:
        """The id of the agenda: a meeting has one."""
        return agenda_id(self.meeting)


@dataclass(frozen=True, kw_only=True)
class RecordMissingAgenda(Command):
    """Record that a source names the agenda of a past meeting, and that no source has it."""

    TOPIC = "agenda.record_missing"

    meeting: UUID
    """The meeting, by its id."""

    @property
    def created_id(self) -> UUID:
        """The id of the agenda: a meeting has one."""
        return agenda_id(self.meeting)
