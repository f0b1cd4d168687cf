"""The form of the events that are recorded under one topic."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec

from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, DomainEvent, State, Upcast


@dataclass(frozen=True, slots=True)
class RecordedForm:
    """Decodes the events of one topic of a subject: their class now, and the steps to its form."""

    subject: type[Aggregate]
    event: type[DomainEvent]
    upcasts: Sequence[Upcast] = ()

    def decode(self, stream: UUID, version: int, state: State) -> DomainEvent:
        """The event with this state. Raises msgspec.ValidationError when it has another form."""
        for upcast in self.upcasts:
            state = upcast(state)
        act = msgspec.convert(state["act"], Act)
        data = state["data"] | {
            "act": act,
            "originator_id": stream,
            "originator_version": version,
            "originator_topic": self.subject.TOPIC,
            "timestamp": act.occurred.begins,
        }
        return msgspec.convert(data, self.event, dec_hook=_refuse)


def _refuse(kind: type, value: Any) -> Any:
    raise NotImplementedError(f"{kind} cannot be a value in an event: got {value!r}")
