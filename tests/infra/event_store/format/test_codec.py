"""Every event of every plugin reads back as it happened, its texts as commitments."""

import dataclasses
from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID, uuid4

import orjson
import pytest
from eventsourcing.persistence import StoredEvent
from hypothesis import given, settings
from hypothesis import strategies as st

from intersessional.domain.kernel.act import LIVE, Act, Actor, Role
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent, DomainEvent
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.infra.event_store.format.canonical_json import canonical
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.event_store.format.new_event import NewEvent
from intersessional.infra.event_store.format.seal import commitment
from intersessional.infra.event_store.log_row import LogRow
from intersessional.projections.kernel.recorded_event import UnknownEvent
from tests.infra.event_store.event_strategies import KINDS, SUBJECTS, events, make

NOON = datetime(2018, 4, 4, 12, tzinfo=UTC)
CODEC = Codec(SUBJECTS)
ACT = Act(
    actor=Actor(Role.SECRETARIAT),
    command=UUID(int=1),
    occurred=Occurred.instant(NOON),
    provenance=LIVE,
)


class Memo(Aggregate):
    """Something with a text."""

    TOPIC = "memo"

    class Written(CreatedEvent):
        """A memo was written."""

        TOPIC = "memo.written.v1"
        text: Sealed
        copies: tuple[Sealed, ...]

    class Filed(Aggregate.Event):
        """The memo was filed; twice its event has been given more to say."""

        TOPIC = "memo.filed.v1"
        class_version = 3
        shelf: int
        row: int

        @staticmethod
        def upcast_v1_v2(data: dict[str, Any]) -> None:
            """At first it had a place."""
            data["shelf"] = data.pop("place")

        @staticmethod
        def upcast_v2_v3(data: dict[str, Any]) -> None:
            """Then shelves had no rows."""
            data["row"] = 1


def row_of(new: NewEvent) -> LogRow:
    """The row of an event."""
    return LogRow(
        position=7,
        stream=new.stream,
        version=new.version,
        topic=new.topic,
        state=new.state,
        recorded_at=NOON,
    )


def without_texts(value: object) -> object:
    """A value in which all texts and commitments are alike."""
    if isinstance(value, Sealed):
        return Sealed()
    if isinstance(value, tuple):
        return tuple(map(without_texts, cast("tuple[object, ...]", value)))
    if dataclasses.is_dataclass(value):
        return type(value), [
            without_texts(getattr(value, field.name)) for field in dataclasses.fields(value)
        ]
    return value


def texts_in(value: object) -> list[str]:
    """The texts in a value, in the order of its fields."""
    if isinstance(value, Sealed):
        return [value.value or ""]
    if isinstance(value, tuple):
        return [text for item in cast("tuple[object, ...]", value) for text in texts_in(item)]
    if dataclasses.is_dataclass(value):
        fields = [field.name for field in dataclasses.fields(value)]
        return [text for name in fields for text in texts_in(getattr(value, name))]
    return []


@pytest.mark.parametrize("topic", KINDS)
@settings(max_examples=20)
@given(data=st.data())
def test_event_decodes_as_it_happened(topic: str, data: st.DataObject) -> None:
    event = data.draw(events(st.just(topic)))

    new = CODEC.new_event(event)
    recorded = CODEC.recorded(row_of(new))

    assert (new.stream, new.version) == (event.originator_id, event.originator_version)
    assert type(recorded.event) is type(event)
    assert without_texts(recorded.event) == without_texts(event)
    assert (recorded.position, recorded.recorded_at, recorded.state) == (7, NOON, new.state)
    assert recorded.occurred == event.act.occurred


@given(events(st.sampled_from(list(KINDS))))
def test_encoded_state_is_canonical_and_final(event: DomainEvent) -> None:
    new = CODEC.new_event(event)

    assert canonical(orjson.loads(new.state)) == new.state
    assert set(orjson.loads(new.state)) == {"act", "data"}
    read = CODEC.recorded(row_of(new)).event
    assert isinstance(read, DomainEvent)
    again = CODEC.new_event(read)
    assert (again.state, again.openings) == (new.state, ())


@given(events(st.sampled_from(list(KINDS))))
def test_text_has_an_opening_bound_to_its_place(event: DomainEvent) -> None:
    new = CODEC.new_event(event)

    texts = sorted(texts_in(event))
    assert sorted(orjson.loads(opening.value) for opening in new.openings) == texts
    sealed = dict(commitments("", orjson.loads(new.state)))
    assert len(sealed) == len(new.openings)
    for opening in new.openings:
        path = sealed[opening.commitment]
        place = (opening.salt, new.stream, new.version, path, opening.value)
        assert commitment(*place) == opening.commitment


def commitments(path: str, value: object) -> list[tuple[bytes, str]]:
    """The commitments in a state, each with its path."""
    match value:
        case {"sealed": str(digest)}:
            return [(bytes.fromhex(digest), path)]
        case dict():
            items = [(str(key), item) for key, item in cast("dict[str, object]", value).items()]
        case list():
            items = [(str(n), item) for n, item in enumerate(cast("list[object]", value))]
        case _:
            return []
    return [
        found for key, item in items for found in commitments(f"{path}/{key}".lstrip("/"), item)
    ]


def test_encoded_state_has_no_text_in_clear() -> None:
    text = "a text that only the opening holds"
    values: dict[str, Any] = {
        "act": dataclasses.replace(ACT, actor=Actor(Role.COMMENTER, Sealed(text))),
        "originator_topic": "",
        "text": Sealed(text),
        "copies": (Sealed(text), Sealed(text)),
    }

    new = Codec([Memo]).new_event(make(Memo, Memo.Written, values, stream=uuid4(), version=1))

    assert text.encode() not in new.state
    assert len({opening.commitment for opening in new.openings}) == 4
    assert {opening.value for opening in new.openings} == {canonical(text)}


def test_sealed_without_a_text_is_refused() -> None:
    values: dict[str, Any] = {
        "act": ACT,
        "originator_topic": "",
        "text": Sealed("text"),
        "copies": (Sealed("text"), Sealed()),
    }

    with pytest.raises(ValueError, match="data/copies/1 is sealed and holds neither"):
        Codec([Memo]).new_event(make(Memo, Memo.Written, values, stream=uuid4(), version=1))


def test_event_of_a_removed_plugin_decodes_with_its_data() -> None:
    state = {"act": {"occurred": {"at": "2018-04", "precision": "MONTH"}}, "data": {"n": 1}}
    gone = NewEvent(stream=uuid4(), version=1, topic="gone.away.v1", state=canonical(state))

    recorded = CODEC.recorded(row_of(gone))

    assert recorded.event == UnknownEvent(state)
    assert recorded.occurred == Occurred.parse("2018-04")
    assert CODEC.events([row_of(gone)]) == []


@pytest.mark.parametrize(
    ("stored", "place"),
    [
        ({"data": {"place": 4}}, (4, 1)),
        ({"data": {"shelf": 4}, "class_version": 2}, (4, 1)),
        ({"data": {"shelf": 4, "row": 9}, "class_version": 3}, (4, 9)),
    ],
)
def test_event_of_an_earlier_version_is_upcast(
    stored: dict[str, Any], place: tuple[int, int]
) -> None:
    codec = Codec([Memo])
    values = {"act": ACT, "shelf": 0, "row": 0}
    today = codec.new_event(make(Memo, Memo.Filed, values, stream=uuid4(), version=2))
    act = orjson.loads(today.state)["act"]

    event = codec.recorded(
        row_of(dataclasses.replace(today, state=canonical({"act": act, **stored})))
    ).event

    assert isinstance(event, Memo.Filed)
    assert (event.shelf, event.row) == place
    assert orjson.loads(codec.new_event(event).state)["class_version"] == 3


def test_aggregate_loads_from_its_decoded_events() -> None:
    codec = Codec([Memo])
    memo = Memo.create(Memo.Written, id=uuid4(), act=ACT, text=Sealed("text"), copies=())
    memo.record(Memo.Filed, act=ACT, shelf=2, row=3)

    rows = [row_of(codec.new_event(event)) for event in memo.take_pending_events()]
    first, second = codec.events(rows)

    again = second.mutate(first.mutate(None))
    assert isinstance(again, Memo)
    assert (again.id, again.version) == (memo.id, 2)


def test_codec_works_in_the_event_store_of_the_library() -> None:
    codec = Codec([Memo])
    values = {"act": ACT, "shelf": 2, "row": 3}
    event = make(Memo, Memo.Filed, values, stream=uuid4(), version=2)

    stored = codec.to_stored_event(event)

    assert stored == StoredEvent(
        event.originator_id, 2, "memo.filed.v1", codec.new_event(event).state
    )
    assert codec.to_domain_event(stored) == event
