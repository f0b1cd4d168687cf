"""Every history loads again from its stored events, which contain no text in clear."""

import re
from collections import defaultdict
from datetime import UTC, datetime
from functools import reduce
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from intersessional.domain.kernel.aggregate import Aggregate, DomainEvent
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.event_store.log_row import LogRow
from intersessional.plugins.core import CORE
from tests.domain.random_history import random_history


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_encoded_history_loads_again_and_has_no_text_in_clear(data: st.DataObject) -> None:
    record = random_history(data)
    codec = Codec(CORE.aggregates)
    texts = [text.encode() for text in record.event_store.texts.values() if not _is_person(text)]
    streams: dict[UUID, list[LogRow]] = defaultdict(list)

    for position, event in enumerate(record.unsealed, 1):
        row = _row(codec, event, position)
        assert not any(text in row.state for text in texts)
        streams[row.stream].append(row)

    assert len(record.unsealed) == len(record.events())
    for id, rows in streams.items():
        aggregate: Aggregate | None = reduce(_applied, codec.events(rows), None)
        in_memory = record.find(id)
        assert aggregate is not None
        assert in_memory is not None
        assert aggregate.version == in_memory.version == len(rows)


def _row(codec: Codec, event: DomainEvent, position: int) -> LogRow:
    new = codec.new_event(event)
    return LogRow(
        position=position,
        recorded_at=datetime(2018, 4, 4, tzinfo=UTC),
        stream=new.stream,
        version=new.version,
        topic=new.topic,
        state=new.state,
    )


def _applied(aggregate: Aggregate | None, event: DomainEvent) -> Aggregate | None:
    return event.mutate(aggregate)


def _is_person(text: str) -> bool:
    return re.fullmatch("[0-9a-f-]{36}", text) is not None
