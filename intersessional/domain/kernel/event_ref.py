"""References to events."""

from dataclasses import dataclass
from typing import Self
from uuid import UUID

from intersessional.domain.kernel.act import Provenance
from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.domain.kernel.occurred import Occurred


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRef:
    """The event that states a fact: its stream and version, its time and its provenance."""

    stream: UUID
    version: int
    occurred: Occurred
    provenance: Provenance

    @classmethod
    def to(cls, event: DomainEvent) -> Self:
        """A reference to this event."""
        return cls(
            stream=event.originator_id,
            version=event.originator_version,
            occurred=event.act.occurred,
            provenance=event.act.provenance,
        )
