"""Codec: encodes domain events for the log and decodes them.

The state is canonical JSON: the act (actor, command, occurred, provenance) and the data. A sealed
text is there as ``{"sealed": commitment}``; its opening is stored beside the log.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import msgspec
import orjson
from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import JSONTranscoder, Mapper, StoredEvent
from eventsourcing.utils import get_topic

from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, DomainEvent, events_of
from intersessional.infra.event_store.format.canonical_json import canonical
from intersessional.infra.event_store.format.new_event import NewEvent
from intersessional.infra.event_store.format.opening import Opening
from intersessional.infra.event_store.format.plain_values import field_names, plain
from intersessional.infra.event_store.format.seal import seal
from intersessional.infra.event_store.log_row import LogRow
from intersessional.projections.kernel.recorded_event import RecordedEvent, UnknownEvent

_OUTSIDE_THE_DATA = frozenset({"originator_id", "originator_version", "timestamp", "act"})


class Codec(Mapper[UUID]):
    """Encodes the events of some aggregates; every other topic decodes as unknown.

    It is the library's mapper for our states, so the library's own event store can use it.
    """

    def __init__(self, subjects: Iterable[type[Aggregate]]) -> None:
        """The library refuses two events with one topic."""
        super().__init__(JSONTranscoder())
        self._events: dict[str, type[DomainEvent]] = {
            get_topic(event): event for subject in subjects for event in events_of(subject)
        }

    def new_event(self, event: DomainEvent) -> NewEvent:
        """Encode a new event and seal its texts."""
        openings: list[Opening] = []

        def seal_here(path: str, text: str) -> str:
            opening = seal(event.originator_id, event.originator_version, path, text)
            openings.append(opening)
            return opening.commitment.hex()

        state = {
            "act": plain(event.act, "act", seal_here),
            "data": {
                name: plain(getattr(event, name), f"data/{name}", seal_here)
                for name in field_names(type(event))
                if name not in _OUTSIDE_THE_DATA
            },
        }
        class_version = getattr(type(event), "class_version", 1)
        if class_version > 1:
            state["class_version"] = class_version
        return NewEvent(
            stream=event.originator_id,
            version=event.originator_version,
            topic=get_topic(type(event)),
            state=canonical(state),
            openings=tuple(openings),
        )

    def recorded(self, row: LogRow) -> RecordedEvent:
        """The event that a row holds. An event that this code no longer knows reads as Unknown."""
        kind = self._events.get(row.topic)
        state = orjson.loads(row.state)
        return RecordedEvent(
            position=row.position,
            recorded_at=row.recorded_at,
            stream=row.stream,
            version=row.version,
            topic=row.topic,
            state=row.state,
            event=UnknownEvent(state)
            if kind is None
            else self._event(kind, row.stream, row.version, state),
        )

    def to_stored_event(self, domain_event: DomainEventProtocol[UUID]) -> StoredEvent:
        """The event as the library stores it. Its openings are lost."""
        if not isinstance(domain_event, DomainEvent):
            raise TypeError(f"{type(domain_event)} is no event of this record")
        new = self.new_event(domain_event)
        return StoredEvent(new.stream, new.version, new.topic, new.state)

    def to_domain_event(self, stored_event: StoredEvent) -> DomainEvent:
        """The event that the library stored. Raises KeyError for an unknown topic."""
        if not isinstance(stored_event.originator_id, UUID):
            raise TypeError("streams of this record have UUIDs")
        return self._event(
            self._events[stored_event.topic],
            stored_event.originator_id,
            stored_event.originator_version,
            orjson.loads(stored_event.state),
        )

    def events(self, rows: Iterable[LogRow]) -> Sequence[DomainEvent]:
        """The decoded events of an aggregate."""
        events = [self.recorded(row).event for row in rows]
        return [event for event in events if isinstance(event, DomainEvent)]

    @staticmethod
    def _event(
        kind: type[DomainEvent], stream: UUID, at_version: int, state: dict[str, Any]
    ) -> DomainEvent:
        data: dict[str, Any] = state["data"]
        class_version = getattr(kind, "class_version", 1)
        for version in range(state.get("class_version", 1), class_version):
            getattr(kind, f"upcast_v{version}_v{version + 1}")(data)
        act = msgspec.convert(state["act"], Act)
        data["act"] = act
        data["originator_id"] = stream
        data["originator_version"] = at_version
        data["timestamp"] = act.occurred.begins
        return msgspec.convert(data, kind, dec_hook=_refuse)


def _refuse(kind: type, value: Any) -> Any:
    raise NotImplementedError(f"{kind} cannot be a value in an event: got {value!r}")
