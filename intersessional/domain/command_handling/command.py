"""The base class of every command."""

import re
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID, uuid5

from intersessional.domain.kernel.act import Provenance
from intersessional.domain.kernel.occurred import Occurred

_TOPIC = re.compile(r"[a-z][a-z_]*\.[a-z][a-z_]*")


@dataclass(frozen=True, kw_only=True)
class Command:
    """A request to record something, sent to the command bus.

    Its ``TOPIC`` is the name under which it is recorded, ``noun.verb``: it stays when the class is
    renamed.
    """

    TOPIC: ClassVar[str]

    command_id: UUID
    """Made by the client, a UUID: the same command sent again answers its first outcome."""
    expected_version: int | None = None
    """The version its sender has read: refused as ``STALE_VERSION`` if it has moved on."""
    occurred: Occurred | None = None
    """When it happened: now, unless an official role tells of the past."""
    provenance: Provenance | None = None
    """Its provenance; only the operator gives one."""

    def __init_subclass__(cls) -> None:
        """Raises TypeError for a command that has no TOPIC."""
        super().__init_subclass__()
        if not _TOPIC.fullmatch(getattr(cls, "TOPIC", "")):
            raise TypeError(f'{cls.__name__} needs a TOPIC of the form "comment.post"')

    @property
    def new_id(self) -> UUID:
        """An id derived from the command id: the same each time the command is sent."""
        return uuid5(self.command_id, "subject")

    @property
    def begins(self) -> UUID:
        """The id of the aggregate that this command begins, if it begins one."""
        return self.new_id
