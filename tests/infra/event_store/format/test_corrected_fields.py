"""Every field that a correction may change takes another value, and is stored (DOMAIN row 47)."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

import pytest

from intersessional.domain.correction.changed_fields import changed_fields
from intersessional.domain.correction.correctable_fields import correctable_fields, without_none
from intersessional.domain.correction.corrected_fields import with_field
from intersessional.domain.kernel.aggregate import Aggregate, DomainEvent
from intersessional.domain.kernel.fact_corrected import FactCorrected
from intersessional.domain.kernel.ids import PersonId
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Permanent, Sealed
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.event_store.format.new_event import NewEvent
from intersessional.infra.event_store.log_row import LogRow
from tests.infra.event_store.event_strategies import KINDS, SUBJECTS, make
from tests.infra.event_store.stored_format import ACT, ACTS, examples

STREAM = UUID(int=1)
CODEC = Codec(SUBJECTS)
VALUES: Mapping[Any, str] = {
    int: "7",
    bool: "false",
    date: "2019-05-06",
    datetime: "2019-05-06T07:08:09Z",
    Occurred: "2019-05",
    Permanent: "Another text.",
    PersonId: str(UUID(int=9)),
    str: "Asia/Tokyo",
}
FIELDS = [(topic, path) for topic, (_, kind) in KINDS.items() for path in correctable_fields(kind)]


def value_of(hint: Any, path: str) -> str:
    """Another value for a field than the examples have."""
    [kind] = without_none(hint)
    if path.endswith("language"):
        return "pt-BR"
    if isinstance(kind, type) and issubclass(kind, Enum):
        return str([*kind][-1].value)
    return VALUES[kind]


def recorded(event: DomainEvent) -> tuple[NewEvent, DomainEvent]:
    """The event as it is stored, and as it is read."""
    new = CODEC.new_event(event)
    row = LogRow(
        position=event.originator_version,
        stream=new.stream,
        version=new.version,
        topic=new.topic,
        state=new.state,
        recorded_at=event.timestamp,
    )
    return new, CODEC.events([row])[0]


def example(subject: type[Aggregate], kind: type[DomainEvent]) -> DomainEvent:
    """An event with a value in each field."""
    return make(subject, kind, examples(kind) | {ACT: ACTS[0]}, stream=STREAM, version=1)


def test_every_noun_of_the_forum_has_fields_that_a_source_may_get_wrong() -> None:
    nouns = {topic.partition(".")[0] for topic, _ in FIELDS}
    assert {one.TOPIC for one in SUBJECTS} - nouns == {"agenda", "comment_window"}


@pytest.mark.parametrize("topic", dict.fromkeys(topic for topic, _ in FIELDS))
def test_field_is_corrected_alone_and_the_first_event_stays(topic: str) -> None:
    stored, first = recorded(example(*KINDS[topic]))

    for path, hint in correctable_fields(type(first)).items():
        place = path.replace("*", "0")
        corrected = with_field(first, place, value_of(hint, path), "changes.0")
        fields: dict[str, Any] = {
            "originator_id": STREAM,
            "originator_version": 2,
            "timestamp": first.timestamp,
            ACT: ACTS[0],
            "fact": corrected.fact,
            "reason": Sealed("The source was misread."),
        }
        _, read = recorded(FactCorrected(**fields))

        assert isinstance(read, FactCorrected)
        assert [one.field for one in changed_fields(first, read.fact)] == [place]
        assert CODEC.new_event(first).state == stored.state
