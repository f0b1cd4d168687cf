"""The stored format is final from the first event on."""

from datetime import UTC, datetime
from uuid import UUID

import orjson
import pytest

from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.infra.event_store.format.canonical_json import canonical
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.event_store.log_row import LogRow
from tests.infra.event_store.event_strategies import SUBJECTS
from tests.infra.event_store.stored_format import CHECKED_IN, stored_format

LINES = [line.split(" ", 1) for line in CHECKED_IN.read_text().splitlines() if " {" in line]
ACTS = [act for word, act in LINES if word == "act"]
EVENTS = [(topic, data) for topic, data in LINES if topic != "act"]


def test_stored_format_loses_and_changes_no_line() -> None:
    assert stored_format() == CHECKED_IN.read_text(), (
        "If a line was added, print the file anew (its heading says how). If a line has changed,"
        " events that are recorded already would be misread: give the event a new version."
    )


@pytest.mark.parametrize(("topic", "data"), EVENTS)
def test_stored_events_of_every_form_decode(topic: str, data: str) -> None:
    codec = Codec(SUBJECTS)

    for act in ACTS:
        state = canonical({"act": orjson.loads(act), "data": orjson.loads(data)})
        row = LogRow(
            position=1,
            stream=UUID(int=1),
            version=1,
            topic=topic,
            state=state,
            recorded_at=datetime(2018, 4, 4, tzinfo=UTC),
        )
        event = codec.recorded(row).event

        assert isinstance(event, DomainEvent)
        assert codec.new_event(event).state == state
