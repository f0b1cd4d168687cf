"""Which event tells a fact."""

from dataclasses import dataclass
from typing import Self
from uuid import UUID

from intersessional.domain.kernel.act import Provenance
from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.domain.kernel.occurred import Occurred


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRef:
    """The event on which a fact stands: its place in its stream, when it happened, its ground.

    Whatever follows from facts can say from which ones, and since when.
    """

    stream: UUID
    version: int
    occurred: Occurred
    provenance: Provenance

    @classmethod
    def by(cls, event: DomainEvent) -> Self:
        """The fact is told by this event."""
        return cls(
            stream=event.originator_id,
            version=event.originator_version,
            occurred=event.act.occurred,
            provenance=event.act.provenance,
        )
