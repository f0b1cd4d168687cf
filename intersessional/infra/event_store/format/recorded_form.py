"""The forms of the events that are recorded under one topic."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

import msgspec

from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, DomainEvent, State, Upcast
from intersessional.domain.kernel.fact_corrected import FactCorrected
from intersessional.domain.kernel.sealed import Sealed


class EventForm(Protocol):
    """Decodes the events of one topic."""

    @property
    def event(self) -> type[DomainEvent]:
        """The class of the events."""
        ...

    def decode(self, stream: UUID, version: int, state: State) -> DomainEvent:
        """The event with this state. Raises msgspec.ValidationError when it has another form."""
        ...


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


@dataclass(frozen=True, slots=True)
class CorrectionForm:
    """Decodes corrections: each holds the corrected event, in the form of that event's topic."""

    forms: Mapping[str, EventForm]
    event: type[DomainEvent] = FactCorrected

    def decode(self, stream: UUID, version: int, state: State) -> DomainEvent:
        """The correction with this state, whose fact has a known topic. Raises ValidationError."""
        act, fact = msgspec.convert(state["act"], Act), state["data"]["fact"]
        fields: dict[str, Any] = {
            "originator_id": stream,
            "originator_version": version,
            "timestamp": act.occurred.begins,
            "act": act,
            "fact": self.forms[fact["topic"]].decode(stream, fact["version"], fact),
            "reason": msgspec.convert(state["data"]["reason"], Sealed),
        }
        return FactCorrected(**fields)


def _refuse(kind: type, value: Any) -> Any:
    raise NotImplementedError(f"{kind} cannot be a value in an event: got {value!r}")
