"""Every event of every plugin reads back as it happened, its texts as commitments."""

import dataclasses
from typing import Any, cast
from uuid import UUID, uuid4

import orjson
import pytest
from eventsourcing.persistence import StoredEvent
from hypothesis import given, settings
from hypothesis import strategies as st

from intersessional.domain.command_handling.event_store import UnreadableEvent
from intersessional.domain.kernel.act import Actor, Role
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent, DomainEvent
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.infra.event_store.format.canonical_json import canonical
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.event_store.format.new_event import NewEvent
from intersessional.infra.event_store.format.plain_values import plain
from intersessional.infra.event_store.format.seal import commitment
from intersessional.projections.kernel.recorded_event import UnknownEvent
from tests.infra.event_store.event_strategies import KINDS, SUBJECTS, events, make
from tests.infra.event_store.format.memo import ACT, NOON, Memo, row_of, unchanged

CODEC = Codec(SUBJECTS)


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
    event = data.draw(events(topic))

    new = CODEC.new_event(event)
    recorded = CODEC.recorded(row_of(new))

    assert (new.stream, new.version) == (event.originator_id, event.originator_version)
    assert type(recorded.event) is type(event)
    assert without_texts(recorded.event) == without_texts(event)
    assert (recorded.position, recorded.recorded_at, recorded.state) == (7, NOON, new.state)
    assert recorded.occurred == event.act.occurred


@given(events(*KINDS))
def test_encoded_state_is_canonical_and_final(event: DomainEvent) -> None:
    new = CODEC.new_event(event)

    assert canonical(orjson.loads(new.state)) == new.state
    assert set(orjson.loads(new.state)) == {"act", "data"}
    read = CODEC.recorded(row_of(new)).event
    assert isinstance(read, DomainEvent)
    again = CODEC.new_event(read)
    assert (again.state, again.openings) == (new.state, ())


@given(events(*KINDS))
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


def test_events_of_an_aggregate_of_a_later_version_or_with_other_bytes_are_refused() -> None:
    codec, memo = Codec([Memo]), uuid4()
    values = {"act": ACT, "shelf": 1, "clerk": memo, "row": 1}
    filed = codec.new_event(make(Memo, Memo.Filed, values, stream=memo, version=2))
    later = dataclasses.replace(filed, topic="memo.filed.v4")
    narrow = dataclasses.replace(filed, state=filed.state.replace(b'"shelf":1', b'"shelf":"one"'))

    cut = dataclasses.replace(filed, state=b"{")

    for unreadable in (later, narrow, cut):
        with pytest.raises(UnreadableEvent, match="position 7"):
            codec.events([row_of(filed), row_of(unreadable)])


CLERK = UUID(int=5)


@pytest.mark.parametrize(
    ("topic", "data", "expected"),
    [
        ("memo.put_away.v1", {"place": 4}, (4, ACT.command, 1)),
        ("memo.filed.v1", {"place": 4}, (4, ACT.command, 1)),
        ("memo.filed.v2", {"shelf": 4}, (4, ACT.command, 1)),
        ("memo.filed.v3", {"shelf": 4, "clerk": str(CLERK)}, (4, CLERK, 1)),
        ("memo.filed.v3", {"shelf": 4, "clerk": str(CLERK), "row": 9}, (4, CLERK, 9)),
        ("memo.filed.v3", {"shelf": 4, "clerk": str(CLERK), "later": 9}, (4, CLERK, 1)),
    ],
)
def test_event_of_an_earlier_topic_or_without_an_optional_field_decodes(
    topic: str, data: dict[str, Any], expected: tuple[int, UUID, int]
) -> None:
    codec = Codec([Memo])
    state = canonical({"act": plain(ACT, "act", lambda _, text: str(text.value)), "data": data})
    row = row_of(NewEvent(stream=uuid4(), version=2, topic=topic, state=state))

    recorded = codec.recorded(row)

    assert isinstance(recorded.event, Memo.Filed)
    assert (recorded.event.shelf, recorded.event.clerk, recorded.event.row) == expected
    assert (recorded.topic, recorded.state) == (topic, state)
    assert codec.to_domain_event(StoredEvent(row.stream, 2, topic, state)) == recorded.event


def test_two_events_with_one_earlier_topic_are_refused() -> None:
    class CashBook(Aggregate):
        TOPIC = "cash_book"

        class Opened(CreatedEvent):
            TOPIC = "cash_book.opened.v2"
            UPCASTS = (("memo.filed.v2", unchanged),)

    with pytest.raises(ValueError, match=r"Filed and .*Opened are both memo\.filed\.v2"):
        Codec([Memo, CashBook])


def test_aggregate_loads_from_its_decoded_events() -> None:
    codec = Codec([Memo])
    memo = Memo.create(Memo.Written, id=uuid4(), act=ACT, text=Sealed("text"), copies=())
    memo.record(Memo.Filed, act=ACT, shelf=2, clerk=CLERK, row=3)

    rows = [row_of(codec.new_event(event)) for event in memo.take_pending_events()]
    first, second = codec.events(rows)

    again = second.mutate(first.mutate(None))
    assert isinstance(again, Memo)
    assert (again.id, again.version) == (memo.id, 2)


def test_codec_works_in_the_event_store_of_the_library() -> None:
    codec = Codec([Memo])
    values = {"act": ACT, "shelf": 2, "clerk": CLERK, "row": 3}
    event = make(Memo, Memo.Filed, values, stream=uuid4(), version=2)

    stored = codec.to_stored_event(event)

    assert stored == StoredEvent(
        event.originator_id, 2, "memo.filed.v3", codec.new_event(event).state
    )
    assert codec.to_domain_event(stored) == event
