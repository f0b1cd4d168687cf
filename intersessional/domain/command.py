"""What someone asks to be recorded: the base of every command."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from intersessional.domain.act import Provenance
from intersessional.domain.occurred import Occurred


@dataclass(frozen=True, kw_only=True)
class Command:
    """A request to the one door.

    ``command_id`` is made by the client: a repeat answers the first outcome. ``occurred`` is now
    unless an official role tells of the past. Only imports give a ``provenance``. With
    ``expected_version`` it is refused when its subject has changed since the client read it.
    """

    command_id: UUID
    expected_version: int | None = None
    occurred: Occurred | None = None
    provenance: Provenance | None = None

    @property
    def new_id(self) -> UUID:
        """The id of the subject this command begins: the same however often it is sent."""
        return uuid5(self.command_id, "subject")

    @property
    def begins(self) -> UUID:
        """The id of the subject that this command begins, where it begins one."""
        return self.new_id
