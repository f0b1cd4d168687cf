"""An event with its position in the log."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.domain.kernel.fact_corrected import FactCorrected
from intersessional.domain.kernel.occurred import Occurred, Precision

_OBJECT_BYTES = 1_024
_DECODED = 6
"""An event with its state takes up to so many times the length of the state, besides."""


@dataclass(frozen=True, slots=True)
class UnknownEvent:
    """An event that no class here is for: of a plugin that is gone, or of a later version."""

    data: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedEvent:
    """An event with its position in the log; its sealed texts are commitments only.

    ``state`` is its stored form, in canonical JSON, byte for byte.
    """

    position: int
    recorded_at: datetime
    stream: UUID
    version: int
    topic: str
    event: DomainEvent | UnknownEvent
    state: bytes = b"{}"

    @property
    def held_bytes(self) -> int:
        """The memory that it takes at most."""
        return _OBJECT_BYTES + _DECODED * len(self.state)

    @property
    def may_close_texts(self) -> bool:
        """Whether nobody may read certain texts from then on; of an unknown event it may be."""
        return isinstance(self.event, UnknownEvent) or bool(self.event.CLOSES)

    @property
    def occurred(self) -> Occurred:
        """When it happened, as precisely as its source states."""
        if isinstance(self.event, UnknownEvent):
            occurred = self.event.data["act"]["occurred"]
            return Occurred(occurred["at"], Precision(occurred["precision"]))
        return self.event.act.occurred

    @property
    def fact(self) -> "RecordedEvent":
        """The event itself; of a correction, the event that it corrects, as corrected.

        A view gets only facts: it knows no corrections.
        """
        event = self.event
        if not isinstance(event, FactCorrected):
            return self
        return replace(self, event=event.fact, version=event.fact.originator_version)
