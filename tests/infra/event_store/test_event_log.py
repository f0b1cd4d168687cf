"""The log is read by position, by stream and by topic."""

from uuid import UUID

import pytest_asyncio

from intersessional.domain.kernel.sealed import Sealed
from intersessional.infra.event_store.append.sequencer import Sequencer
from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.event_store.format.opening import Opening
from intersessional.infra.event_store.log_row import LogRow
from intersessional.projections.kernel.text_absence import TextAbsence
from tests.infra.event_store.append_requests import an_append, an_event

A, B, C = (UUID(int=number) for number in (1, 2, 3))
OPENING = Opening(commitment=b"c" * 32, salt=b"s" * 32, value=b'"text"')


@pytest_asyncio.fixture(autouse=True)
async def six_events(sequencer: Sequencer) -> None:
    """A, A, B, A, B, B; the third of another topic, and with a text."""
    first = an_append(an_event(A, 1), an_event(A, 2))
    text = an_append(an_event(B, 1, topic="note.kept.v1", openings=(OPENING,)))
    for append in (first, text, an_append(an_event(A, 3)), an_append(an_event(B, 2))):
        await sequencer.append(append)
    await sequencer.append(an_append(an_event(B, 3)))


def positions(rows: list[LogRow]) -> list[int]:
    return [row.position for row in rows]


async def test_log_reads_from_a_position_to_another(log: EventLog) -> None:
    assert positions(await log.read(0, 100)) == [1, 2, 3, 4, 5, 6]
    assert positions(await log.read(2, 2)) == [3, 4]
    assert positions(await log.read(2, 100, until=5)) == [3, 4, 5]
    assert positions(await log.read(6, 100)) == []
    assert positions(await log.read(0, 0)) == []


async def test_read_ends_with_the_event_that_makes_it_too_large(log: EventLog) -> None:
    [first, second, *_] = await log.read(0, 2)
    larger = len(first.state) + len(second.state) + 1

    assert positions(await log.read(0, 100, bytes_max=1)) == [1]
    assert positions(await log.read(0, 100, bytes_max=larger)) == [1, 2, 3]
    assert positions(await log.read(3, 100, 5, bytes_max=larger)) == [4, 5]
    assert positions(await log.read(0, 2, bytes_max=1_000_000)) == [1, 2]


async def test_log_reads_single_events_by_position(log: EventLog) -> None:
    assert positions(await log.by_position([5, 1, 99, 3])) == [1, 3, 5]


async def test_log_reads_a_stream_in_order_of_version(log: EventLog) -> None:
    assert [(row.position, row.version) for row in await log.stream(A)] == [(1, 1), (2, 2), (4, 3)]
    assert positions(await log.stream(B, after_version=1)) == [5, 6]
    assert await log.stream(C) == []


async def test_log_reads_and_counts_several_streams_between_two_positions(
    log: EventLog,
) -> None:
    assert positions(await log.of_streams([B, C, A], 0, 100, until=6)) == [1, 2, 3, 4, 5, 6]
    assert positions(await log.of_streams([A], 1, 1, until=6)) == [2]
    assert positions(await log.of_streams([B, A], 1, 3, until=6)) == [2, 3, 4]
    assert positions(await log.of_streams([B], 0, 100, until=5)) == [3, 5]
    assert positions(await log.of_streams([C], 0, 100, until=6)) == []
    assert await log.count([A, B, C], until=5) == 5
    assert await log.count([C], until=6) == 0


async def test_log_reveals_texts_that_were_recorded(log: EventLog) -> None:
    written, unknown = (Sealed(sealed=(one * 32).hex()) for one in (b"c", b"x"))

    assert await log.reveal([written, unknown]) == {written: "text", unknown: TextAbsence.ERASED}
    assert await log.reveal([]) == {}
