"""A correction holds the corrected event in the form of its own topic."""

from typing import Any
from uuid import UUID, uuid4

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intersessional.domain.command_handling.event_store import UnreadableEvent
from intersessional.domain.correction.corrected_fields import with_field
from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.domain.kernel.fact_corrected import FactCorrected
from intersessional.domain.kernel.sealed import Sealed
from intersessional.infra.event_store.format.canonical_json import canonical
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.event_store.format.new_event import NewEvent
from intersessional.infra.event_store.format.plain_values import plain
from intersessional.infra.event_store.log_row import LogRow
from intersessional.projections.kernel.recorded_event import UnknownEvent
from tests.infra.event_store.event_strategies import KINDS, SUBJECTS, events
from tests.infra.event_store.format.memo import ACT, Memo, row_of

CODEC = Codec(SUBJECTS)


@settings(max_examples=20)
@given(event=events(*KINDS), reason=st.sampled_from(("A slip.", "A source.")))
def test_correction_decodes_as_it_happened_and_names_the_texts_that_stay(
    event: DomainEvent, reason: str
) -> None:
    first = CODEC.recorded(row_of(CODEC.new_event(event))).event
    assert isinstance(first, DomainEvent)
    fields: dict[str, Any] = {
        "originator_id": event.originator_id,
        "originator_version": event.originator_version + 1,
        "timestamp": event.timestamp,
        "act": first.act,
        "fact": first,
        "reason": Sealed(reason),
    }

    new = CODEC.new_event(FactCorrected(**fields))
    read = CODEC.recorded(row_of(new)).event

    assert isinstance(read, FactCorrected)
    assert read.fact == first
    assert [orjson.loads(one.value) for one in new.openings] == [reason]


def _plain_act() -> Any:
    return plain(ACT, "act", lambda _, text: str(text.value))


def corrected(topic: str, data: dict[str, Any], stream: UUID) -> LogRow:
    """A correction of a memo's second event, which it holds in the form of a topic."""
    act = _plain_act()
    fact = {"topic": topic, "version": 2, "act": act, "data": data}
    state = canonical({"act": act, "data": {"fact": fact, "reason": {"sealed": "00ff"}}})
    return row_of(NewEvent(stream=stream, version=3, topic="memo.fact_corrected.v1", state=state))


@pytest.mark.parametrize(
    ("topic", "data"), [("memo.filed.v1", {"place": 4}), ("memo.filed.v2", {"shelf": 4})]
)
def test_corrected_fact_in_an_earlier_form_decodes_as_its_class_now(
    topic: str, data: dict[str, Any]
) -> None:
    read = Codec([Memo]).recorded(corrected(topic, data, uuid4())).event

    assert isinstance(read, FactCorrected)
    assert isinstance(read.fact, Memo.Filed)
    assert (read.fact.shelf, read.fact.clerk, read.fact.originator_version) == (4, ACT.command, 2)


def test_event_of_an_earlier_topic_is_corrected_in_the_form_of_its_class_now() -> None:
    codec = Codec([Memo])
    memo = Memo.create(Memo.Written, id=uuid4(), act=ACT, text=Sealed("text"), copies=())
    [written] = [codec.new_event(event) for event in memo.take_pending_events()]
    state = canonical({"act": _plain_act(), "data": {"place": 4}})
    filed = NewEvent(stream=memo.id, version=2, topic="memo.filed.v1", state=state)

    first, second = codec.events([row_of(written), row_of(filed)])
    corrected = with_field(second, "shelf", "5", "changes.0").fact
    fields: dict[str, Any] = {
        "originator_id": memo.id,
        "originator_version": 3,
        "timestamp": second.timestamp,
        "act": ACT,
        "fact": corrected,
        "reason": Sealed("A slip."),
    }
    new = codec.new_event(FactCorrected(**fields))
    [again] = codec.events([row_of(new)])

    loaded = again.mutate(second.mutate(first.mutate(None)))
    assert orjson.loads(new.state)["data"]["fact"]["topic"] == "memo.filed.v3"
    assert isinstance(loaded, Memo)
    fact = loaded.fact(2)
    assert isinstance(fact, Memo.Filed)
    assert (fact.shelf, fact.clerk) == (5, ACT.command)


def test_correction_of_an_event_that_a_later_version_recorded_is_itself_of_one() -> None:
    codec, row = Codec([Memo]), corrected("memo.filed.v4", {"drawer": 4}, uuid4())

    assert codec.is_of_a_later_version(row)
    assert isinstance(codec.recorded(row).event, UnknownEvent)
    with pytest.raises(UnreadableEvent, match="position 7"):
        codec.events([row])
