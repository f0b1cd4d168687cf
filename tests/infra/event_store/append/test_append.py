"""Appends are recorded in one order without holes, completely or not at all."""

import asyncio
from uuid import uuid4

import asyncpg
import pytest

from intersessional.domain.kernel.refusals import StaleVersion
from intersessional.infra.event_store.append.append_request import AppendRequest
from intersessional.infra.event_store.append.recorded_command import RecordedCommand
from intersessional.infra.event_store.append.sequencer import Sequencer
from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.event_store.format.opening import Opening
from intersessional.infra.postgres.pool import Pool
from tests.infra.event_store.append_requests import a_new_stream, an_append, an_event, events_of


async def together(
    sequencer: Sequencer, *appends: AppendRequest
) -> list[RecordedCommand | StaleVersion]:
    """Append all at once, before the sequencer takes the first, so that they are one batch."""
    answers: list[RecordedCommand | StaleVersion] = []
    answering = (sequencer.append(append) for append in appends)
    for answer in await asyncio.gather(*answering, return_exceptions=True):
        if isinstance(answer, tuple):
            answers.extend(answer)
        else:
            assert isinstance(answer, StaleVersion)
            answers.append(answer)
    return answers


async def positions(log: EventLog) -> list[int]:
    return [row.position for row in await log.read(0, 1_000)]


async def test_positions_count_from_1_without_holes(sequencer: Sequencer, log: EventLog) -> None:
    receipts: list[RecordedCommand] = []
    for size in (1, 3, 2):
        receipts += await sequencer.append(an_append(*events_of(uuid4(), 1, size)))

    assert [(receipt.first, receipt.last) for receipt in receipts] == [(1, 1), (2, 4), (5, 6)]
    assert await positions(log) == [1, 2, 3, 4, 5, 6]
    assert (await log.head()).position == 6


async def test_event_reads_back_as_it_was_appended(sequencer: Sequencer, log: EventLog) -> None:
    event = an_event(uuid4(), text="Grüße, мир, 🌍")

    [receipt] = await sequencer.append(an_append(event))

    [row] = await log.read(0, 10)
    assert (row.stream, row.version, row.topic, row.state) == (
        event.stream,
        event.version,
        event.topic,
        event.state,
    )
    assert (row.position, row.recorded_at) == (receipt.first, receipt.recorded_at)


@pytest.mark.parametrize("expected", [0, 1, 3, 4, 99])
async def test_append_to_a_stream_at_another_version_is_stale(
    sequencer: Sequencer, log: EventLog, expected: int
) -> None:
    stream = uuid4()
    await sequencer.append(an_append(*events_of(stream, 1, 2)))

    with pytest.raises(StaleVersion) as refused:
        await sequencer.append(an_append(an_event(stream, expected + 1)))

    assert (refused.value.id, refused.value.expected, refused.value.actual) == (
        stream,
        expected,
        2,
    )
    assert await positions(log) == [1, 2]


async def test_stream_cannot_continue_before_it_has_begun(
    sequencer: Sequencer, log: EventLog
) -> None:
    with pytest.raises(StaleVersion) as refused:
        await sequencer.append(an_append(an_event(uuid4(), 2)))

    assert refused.value.actual == 0
    assert await positions(log) == []


async def test_refused_append_leaves_no_hole(sequencer: Sequencer, log: EventLog) -> None:
    stream = uuid4()
    await sequencer.append(an_append(an_event(stream)))
    with pytest.raises(StaleVersion):
        await sequencer.append(an_append(an_event(stream)))

    await sequencer.append(a_new_stream())

    assert await positions(log) == [1, 2]


async def test_append_to_several_streams_is_recorded_completely_or_not_at_all(
    sequencer: Sequencer, log: EventLog
) -> None:
    old, new = uuid4(), uuid4()
    await sequencer.append(an_append(an_event(old)))

    with pytest.raises(StaleVersion):
        await sequencer.append(an_append(an_event(new), an_event(old, 3)))
    await sequencer.append(an_append(an_event(new), an_event(old, 2)))

    assert [row.stream for row in await log.read(0, 10)] == [old, new, old]


@pytest.mark.parametrize("expected", [0, 2])
async def test_stream_that_was_only_read_must_not_have_changed(
    sequencer: Sequencer, log: EventLog, expected: int
) -> None:
    read = uuid4()
    await sequencer.append(an_append(an_event(read)))

    with pytest.raises(StaleVersion) as refused:
        await sequencer.append(an_append(an_event(uuid4()), expects={read: expected}))
    await sequencer.append(an_append(an_event(uuid4()), expects={read: 1}))

    assert (refused.value.id, refused.value.actual) == (read, 1)
    assert await positions(log) == [1, 2]


async def test_stream_that_was_absent_must_still_be_absent(
    sequencer: Sequencer, log: EventLog
) -> None:
    missing = uuid4()
    await sequencer.append(an_append(an_event(uuid4()), expects={missing: 0}))
    await sequencer.append(an_append(an_event(missing)))

    with pytest.raises(StaleVersion):
        await sequencer.append(an_append(an_event(uuid4()), expects={missing: 0}))

    assert await positions(log) == [1, 2]


async def test_appends_at_the_same_time_share_one_commit(sequencer: Sequencer, pool: Pool) -> None:
    answers = await together(sequencer, *(a_new_stream() for _ in range(20)))

    assert [one.first for one in answers if isinstance(one, RecordedCommand)] == list(range(1, 21))
    assert await pool.fetchval("SELECT count(DISTINCT xmin::text) FROM stored_events") == 1


async def test_stale_append_in_a_batch_fails_alone(sequencer: Sequencer, log: EventLog) -> None:
    taken = uuid4()
    await sequencer.append(an_append(an_event(taken)))

    answers = await together(
        sequencer,
        a_new_stream(),
        an_append(an_event(taken)),
        a_new_stream(),
        an_append(an_event(taken, 3)),
        an_append(an_event(uuid4()), expects={taken: 7}),
        an_append(an_event(taken, 2)),
    )

    outcomes = [one.first if isinstance(one, RecordedCommand) else type(one) for one in answers]
    assert outcomes == [2, StaleVersion, 3, StaleVersion, StaleVersion, 4]
    assert await positions(log) == [1, 2, 3, 4]


async def test_appends_to_one_stream_follow_each_other_in_a_batch(
    sequencer: Sequencer, log: EventLog
) -> None:
    stream = uuid4()

    answers = await together(
        sequencer,
        an_append(an_event(stream, 1)),
        an_append(*events_of(stream, 2, 4)),
        an_append(an_event(stream, 4)),
        an_append(an_event(stream, 5), expects={uuid4(): 0}),
    )

    refused = answers.pop(2)
    assert isinstance(refused, StaleVersion)
    assert (refused.expected, refused.actual) == (3, 4)
    assert [one.first for one in answers if isinstance(one, RecordedCommand)] == [1, 2, 5]
    assert [row.version for row in await log.stream(stream)] == [1, 2, 3, 4, 5]


async def test_append_that_read_a_stream_is_stale_after_one_that_wrote_it_in_the_batch(
    sequencer: Sequencer,
) -> None:
    window = uuid4()
    await sequencer.append(an_append(an_event(window)))

    before, _, after = await together(
        sequencer,
        an_append(an_event(uuid4()), expects={window: 1}),
        an_append(an_event(window, 2)),
        an_append(an_event(uuid4()), expects={window: 1}),
    )

    assert isinstance(before, RecordedCommand)
    assert isinstance(after, StaleVersion)
    assert after.actual == 2


async def test_append_that_the_database_refuses_fails_alone(
    sequencer: Sequencer, log: EventLog
) -> None:
    stream, opening = uuid4(), Opening(commitment=bytes(32), salt=bytes(32), value=b'""')
    await sequencer.append(an_append(an_event(uuid4(), openings=(opening,))))

    good, bad, better = await asyncio.gather(
        sequencer.append(an_append(an_event(stream, 1))),
        sequencer.append(an_append(an_event(uuid4(), openings=(opening,)))),
        sequencer.append(an_append(an_event(stream, 2))),
        return_exceptions=True,
    )

    assert isinstance(bad, asyncpg.UniqueViolationError)
    assert [type(good), type(better)] == [tuple, tuple]
    assert [row.version for row in await log.stream(stream)] == [1, 2]
