"""Codec: encodes domain events for the log and decodes them.

The state is canonical JSON: the act (actor, command, occurred, provenance) and the data. A sealed
text is there as ``{"sealed": commitment}``; its opening is stored beside the log.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

import msgspec
import orjson
from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import JSONTranscoder, Mapper, StoredEvent
from eventsourcing.utils import get_topic

from intersessional.domain.command_handling.event_store import UnreadableEvent
from intersessional.domain.command_handling.question import AnyQuestion
from intersessional.domain.kernel.aggregate import Aggregate, DomainEvent, State, events_of
from intersessional.domain.kernel.fact_corrected import TOPIC_ENDING, FactCorrected, fact_of
from intersessional.domain.kernel.sealed import Sealed
from intersessional.infra.event_store.format.canonical_json import canonical
from intersessional.infra.event_store.format.new_event import NewEvent
from intersessional.infra.event_store.format.opening import Opening
from intersessional.infra.event_store.format.plain_values import Seal, field_names, plain
from intersessional.infra.event_store.format.recorded_form import (
    CorrectionForm,
    EventForm,
    RecordedForm,
)
from intersessional.infra.event_store.format.seal import seal
from intersessional.infra.event_store.log_row import LogRow
from intersessional.projections.kernel.recorded_event import RecordedEvent, UnknownEvent

_OUTSIDE_THE_DATA = frozenset(
    {"originator_id", "originator_version", "originator_topic", "timestamp", "act"}
)


class Codec(Mapper[UUID]):
    """Encodes the events of some aggregates; every other topic decodes as unknown.

    An event of an earlier topic decodes as one of its class now, by the class's ``UPCASTS``; what
    is recorded stays as it is. It is the library's mapper for our states, so the library's own
    event store can use it.
    """

    def __init__(
        self, subjects: Iterable[type[Aggregate]], questions: Sequence[AnyQuestion] = ()
    ) -> None:
        """Raises ValueError when two events claim one topic."""
        super().__init__(JSONTranscoder())
        self._questions = questions
        self._forms: dict[str, EventForm] = {}
        self._nouns: set[str] = set()
        for subject in subjects:
            self._nouns.add(subject.TOPIC)
            self._add(f"{subject.TOPIC}{TOPIC_ENDING}", CorrectionForm(self._forms))
            for event in events_of(subject):
                self._add(get_topic(event), RecordedForm(subject, event))
                steps = [upcast for _, upcast in event.UPCASTS]
                for number, (topic, _) in enumerate(event.UPCASTS):
                    self._add(topic, RecordedForm(subject, event, steps[number:]))

    def _add(self, topic: str, form: EventForm) -> None:
        if topic in self._forms:
            first, second = self._forms[topic].event, form.event
            raise ValueError(f"{first.__qualname__} and {second.__qualname__} are both {topic}")
        self._forms[topic] = form

    def is_of_a_later_version(self, row: LogRow) -> bool:
        """Whether the event happened to an aggregate of ours, and no class is for it.

        A correction is of a later version where the event that it corrects is.
        """
        if row.topic.partition(".")[0] not in self._nouns:
            return False
        # Only a correction tells by its state what it needs.
        state: State = orjson.loads(row.state) if row.topic.endswith(TOPIC_ENDING) else {}
        return self._form(row.topic, state) is None

    def _form(self, topic: str, state: State) -> EventForm | None:
        """The form of an event; None where its topic, or that of what it corrects, is unknown."""
        if topic.endswith(TOPIC_ENDING) and state["data"]["fact"]["topic"] not in self._forms:
            return None
        return self._forms.get(topic)

    def new_events(self, events: Iterable[DomainEvent]) -> Sequence[NewEvent]:
        """Encode the new events of one append, and seal their texts, each once.

        Raises ValueError when an event closes a text that it seals itself.
        """
        commitments: dict[int, str] = {}
        new = [self._new_event(event, commitments) for event in events]
        for one in new:
            if any(opening.commitment in one.closes for opening in one.openings):
                raise ValueError(f"{one.topic} closes a text that it seals itself")
        return new

    def new_event(self, event: DomainEvent) -> NewEvent:
        """Encode a new event and seal its texts."""
        return self._new_event(event, {})

    def _new_event(self, event: DomainEvent, commitments: dict[int, str]) -> NewEvent:
        """Encode an event; ``commitments`` are those of the texts sealed so far, by identity."""
        openings: list[Opening] = []
        held_texts = False

        def seal_here(path: str, text: Sealed) -> str:
            nonlocal held_texts
            held_texts = True
            if id(text) not in commitments:
                place = event.originator_id, event.originator_version, path
                opening = seal(*place, str(text.value))
                openings.append(opening)
                commitments[id(text)] = opening.commitment.hex()
            return commitments[id(text)]

        return NewEvent(
            stream=event.originator_id,
            version=event.originator_version,
            topic=_topic_of(event),
            state=canonical(_state(event, "", seal_here)),
            openings=tuple(openings),
            held_texts=held_texts,
            closes=tuple(
                {
                    bytes.fromhex(text.sealed or commitments[id(text)])
                    for text in event.closed_texts()
                }
            ),
            concerns=tuple(
                [
                    (question.id, key)
                    for question in self._questions
                    for key in {*question.keys(fact_of(event))}
                ]
            ),
        )

    def recorded(self, row: LogRow) -> RecordedEvent:
        """The event that a row holds. An event that this code no longer knows reads as Unknown."""
        state = orjson.loads(row.state)
        form = self._form(row.topic, state)
        return RecordedEvent(
            position=row.position,
            recorded_at=row.recorded_at,
            stream=row.stream,
            version=row.version,
            topic=row.topic,
            state=row.state,
            event=UnknownEvent(state)
            if form is None
            else form.decode(row.stream, row.version, state),
        )

    def to_stored_event(self, domain_event: DomainEventProtocol[UUID]) -> StoredEvent:
        """The event as the library stores it. Its openings are lost."""
        if not isinstance(domain_event, DomainEvent):
            raise TypeError(f"{type(domain_event)} is no event of this record")
        new = self.new_event(domain_event)
        return StoredEvent(new.stream, new.version, new.topic, new.state)

    def stored(self, event: NewEvent) -> DomainEvent:
        """The event as it is read from the log: with commitments instead of texts."""
        return self.to_domain_event(
            StoredEvent(event.stream, event.version, event.topic, event.state)
        )

    def to_domain_event(self, stored_event: StoredEvent) -> DomainEvent:
        """The event that the library stored. Raises KeyError for an unknown topic."""
        if not isinstance(stored_event.originator_id, UUID):
            raise TypeError("streams of this record have UUIDs")
        return self._forms[stored_event.topic].decode(
            stored_event.originator_id,
            stored_event.originator_version,
            orjson.loads(stored_event.state),
        )

    def events(self, rows: Iterable[LogRow]) -> Sequence[DomainEvent]:
        """The decoded events of an aggregate; none for one of a plugin that is not installed.

        Raises UnreadableEvent when a later version of the program has recorded one of them, or when
        its bytes were changed.
        """
        rows = list(rows)
        if all(row.topic not in self._forms for row in rows):
            return []
        return [self._decoded(row) for row in rows]

    def _decoded(self, row: LogRow) -> DomainEvent:
        try:
            event = self.recorded(row).event
        except (msgspec.ValidationError, orjson.JSONDecodeError) as error:
            raise UnreadableEvent(row.topic, row.position) from error
        if isinstance(event, UnknownEvent):
            raise UnreadableEvent(row.topic, row.position)
        return event


def _topic_of(event: DomainEvent) -> str:
    if isinstance(event, FactCorrected):
        return f"{get_topic(type(event.fact)).partition('.')[0]}{TOPIC_ENDING}"
    return get_topic(type(event))


def _state(event: DomainEvent, path: str, seal: Seal) -> State:
    """The act and the data of an event; ``path`` is where they stand."""
    act = plain(event.act, f"{path}act", seal)
    if isinstance(event, FactCorrected):
        fact = {
            "topic": get_topic(type(event.fact)),
            "version": event.fact.originator_version,
            **_state(event.fact, f"{path}data/fact/", seal),
        }
        reason = plain(event.reason, f"{path}data/reason", seal)
        return {"act": act, "data": {"fact": fact, "reason": reason}}
    data = {
        name: plain(getattr(event, name), f"{path}data/{name}", seal)
        for name in field_names(type(event))
        if name not in _OUTSIDE_THE_DATA
    }
    return {"act": act, "data": data}
