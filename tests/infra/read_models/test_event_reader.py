"""The record itself is read as it was recorded, and opened where it is sealed."""

from collections.abc import AsyncGenerator, Sequence
from uuid import UUID

import pytest
import pytest_asyncio

from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.domain.kernel.ids import source_id
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.source.source import Source
from intersessional.infra.event_store.event_reader import EventLogReader
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.text_absence import TextAbsence
from tests.databases import fresh_database
from tests.infra.read_models.harness import ReadModelHarness, open_harness
from tests.infra.read_models.item_views import ItemEvents
from tests.projections.event_history import EventHistory

A, B, UNKNOWN_ID = (UUID(int=n) for n in (1, 2, 3))


@pytest_asyncio.fixture
async def record(harness: ReadModelHarness) -> EventLogReader:
    """Two items that change by turns: A at 1, 3, 5; B at 2, 4."""
    item_events = ItemEvents()
    await harness.record(
        item_events.begun(A, 1), item_events.begun(B, 2), item_events.changed(A, 3)
    )
    await harness.record(item_events.changed(B, 4), item_events.changed(A, 5))
    return EventLogReader(harness.log, harness.codec)


async def test_events_are_read_in_order_between_two_positions(record: EventLogReader) -> None:
    assert _positions(await record.read(after=0, first=10, until=5)) == [1, 2, 3, 4, 5]
    assert _positions(await record.read(after=1, first=2, until=5)) == [2, 3]
    assert _positions(await record.read(after=3, first=10, until=4)) == [4]
    assert _positions(await record.read(after=5, first=10, until=9)) == []
    assert await record.head() == 5


async def test_events_of_some_streams_are_read_and_counted_alone(record: EventLogReader) -> None:
    assert _positions(await record.read(after=0, first=10, until=5, streams=[A])) == [1, 3, 5]
    assert _positions(await record.read(after=1, first=1, until=5, streams=[A])) == [3]
    assert _positions(await record.read(after=0, first=10, until=4, streams=[B, A])) == [1, 2, 3, 4]
    assert _positions(await record.read(after=0, first=10, until=5, streams=[UNKNOWN_ID])) == []
    assert await record.count([A], 4) == 2
    assert await record.count([A, B, UNKNOWN_ID], 5) == 5


async def test_events_are_found_by_stream_and_version_up_to_a_position(
    record: EventLogReader,
) -> None:
    names = [(A, 2), (B, 1), (B, 2), (B, 3), (UNKNOWN_ID, 1)]

    found = await record.by_version(names, until=3)

    assert {name: one.position for name, one in found.items()} == {(A, 2): 3, (B, 1): 2}
    assert await record.by_version([], until=3) == {}


async def test_event_is_read_with_its_position_stream_and_version(record: EventLogReader) -> None:
    found = await record.by_position([4, 1, 6])

    assert [*found] == [1, 4]
    assert (found[4].position, found[4].stream, found[4].version) == (4, B, 2)
    assert found[4].topic == "item.changed.v1"
    assert b'"amount":4' in found[4].state


@pytest_asyncio.fixture
async def source_harness(postgres: str, harness_template: str) -> AsyncGenerator[ReadModelHarness]:
    """A record of sources."""
    async with (
        fresh_database(postgres, harness_template) as dsn,
        open_harness(dsn, subjects=[Source]) as harness,
    ):
        yield harness


async def test_texts_are_revealed_until_they_are_erased(source_harness: ReadModelHarness) -> None:
    record = EventLogReader(source_harness.log, source_harness.codec)
    await source_harness.record(*_sources("one", "two"))
    one, two = [_title(recorded) for recorded in await record.read(after=0, first=2, until=2)]

    revealed = await record.reveal([one, two])
    await source_harness.server.execute(
        "DELETE FROM openings WHERE commitment = decode($1, 'hex')", one.sealed
    )
    left = await record.reveal([one, two])

    assert one.value is None
    assert revealed == {one: "the title of one", two: "the title of two"}
    assert left == {one: TextAbsence.ERASED, two: "the title of two"}


async def test_text_that_was_never_recorded_cannot_be_revealed(
    source_harness: ReadModelHarness,
) -> None:
    record = EventLogReader(source_harness.log, source_harness.codec)

    with pytest.raises(ValueError, match="read back from the record"):
        await record.reveal([Sealed("a text")])


def _sources(*keys: str) -> list[DomainEvent]:
    tale = EventHistory()
    for key in keys:
        title = Sealed(f"the title of {key}")
        tale.begin(Source, Source.Listed, source_id(key), key=key, title=title, location=None)
    return [one.event for one in tale.recorded if isinstance(one.event, DomainEvent)]


def _title(recorded: RecordedEvent) -> Sealed:
    assert isinstance(recorded.event, Source.Listed)
    return recorded.event.title


def _positions(events: Sequence[RecordedEvent]) -> list[int]:
    return [recorded.position for recorded in events]
