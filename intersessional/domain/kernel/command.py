"""What someone asks to be recorded: the base of every command."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from intersessional.domain.kernel.act import Provenance
from intersessional.domain.kernel.occurred import Occurred


@dataclass(frozen=True, kw_only=True)
class Command:
    """A request to the one door."""

    command_id: UUID
    """Made by the client, a UUID: the same command sent again answers its first outcome."""
    expected_version: int | None = None
    """The version its sender has read: refused as ``STALE_VERSION`` if it has moved on."""
    occurred: Occurred | None = None
    """When it happened: now, unless an official role tells of the past."""
    provenance: Provenance | None = None
    """On what ground it is told; only the operator gives one."""

    @property
    def new_id(self) -> UUID:
        """The id of the subject this command begins: the same however often it is sent."""
        return uuid5(self.command_id, "subject")

    @property
    def begins(self) -> UUID:
        """The id of the subject that this command begins, where it begins one."""
        return self.new_id
