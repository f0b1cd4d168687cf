"""The base class of every command."""

import re
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID, uuid5

from intersessional.domain.kernel.act import Provenance
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.rule.override import Override

_TOPIC = re.compile(r"[a-z][a-z_]*\.[a-z][a-z_]*")


@dataclass(frozen=True, kw_only=True)
class Command:
    """A request to record something, sent to the command bus.

    Its ``TOPIC`` is the name under which it is recorded, ``noun.verb``: it stays when the class is
    renamed.
    """

    TOPIC: ClassVar[str]

    command_id: UUID
    """A UUID made by the client. The same command sent again returns its first result."""
    expected_version: int | None = None
    """The version that the sender has read. A later one is refused as ``STALE_VERSION``."""
    occurred: Occurred | None = None
    """When it happened; now by default. Only official roles can record the past."""
    provenance: Provenance | None = None
    """Its provenance; only the operator gives one."""
    overrides: tuple[Override, ...] = ()
    """The soft rules from which it deviates knowingly, and why."""

    def __init_subclass__(cls) -> None:
        """Raises TypeError for a command that has no TOPIC."""
        super().__init_subclass__()
        if not _TOPIC.fullmatch(getattr(cls, "TOPIC", "")):
            raise TypeError(f'{cls.__name__} needs a TOPIC of the form "comment.post"')

    @property
    def derived_id(self) -> UUID:
        """An id derived from the command id, the same for every repeat of the command."""
        return uuid5(self.command_id, "subject")

    @property
    def created_id(self) -> UUID:
        """The id of the aggregate that the command creates, where it creates one."""
        return self.derived_id
