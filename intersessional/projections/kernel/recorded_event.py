"""An event as the record holds it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.domain.kernel.occurred import Occurred, Precision


@dataclass(frozen=True, slots=True)
class UnknownEvent:
    """An event that nothing here understands any more: its plugin is gone. It still reads."""

    data: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedEvent:
    """An event with its place in the record. Its sealed texts are commitments only.

    ``state`` is what the record holds of it, in canonical JSON, byte for byte.
    """

    position: int
    recorded_at: datetime
    stream: UUID
    version: int
    topic: str
    event: DomainEvent | UnknownEvent
    state: bytes = b"{}"

    @property
    def occurred(self) -> Occurred:
        """When it happened, as its source tells."""
        if isinstance(self.event, UnknownEvent):
            told = self.event.data["act"]["occurred"]
            return Occurred(told["at"], Precision(told["precision"]))
        return self.event.act.occurred
