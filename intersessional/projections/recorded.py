"""An event as the record holds it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from intersessional.domain.occurred import Occurred, Precision
from intersessional.domain.subject import Happening


@dataclass(frozen=True, slots=True)
class Unknown:
    """An event that nothing here understands any more: its plugin is gone. It still reads."""

    data: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """An event with its place in the record. Its sealed texts are commitments only.

    ``state`` is what the record holds of it, in canonical JSON, byte for byte.
    """

    position: int
    recorded_at: datetime
    stream: UUID
    version: int
    topic: str
    event: Happening | Unknown
    state: bytes = b"{}"

    @property
    def occurred(self) -> Occurred:
        """When it happened, as its source tells."""
        if isinstance(self.event, Unknown):
            told = self.event.data["act"]["occurred"]
            return Occurred(told["at"], Precision(told["precision"]))
        return self.event.act.occurred
