"""Events that windows follow from."""

from dataclasses import dataclass
from typing import Self
from uuid import UUID

from intersessional.domain.kernel.event_ref import EventRef


@dataclass(frozen=True)
class CausingEvent:
    """The event that a window or its rule follows from: its stream and its version there."""

    stream: UUID
    version: int

    @classmethod
    def to(cls, event: EventRef) -> Self:
        """A reference to this event that can be stored."""
        return cls(event.stream, event.version)
