"""Recorded times never go back, whatever the clock does."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from intersessional.infra.event_store.append.sequencer import Sequencer
from intersessional.infra.event_store.event_log import EventLog
from tests.infra.event_store.append_requests import a_new_stream, an_append, an_event
from tests.infra.event_store.store_location import StoreLocation

NOON = datetime(2018, 4, 4, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def clock_that_shows(*seconds: int) -> Callable[[], datetime]:
    """A clock that shows these seconds after noon, one a look."""
    times: Iterator[int] = iter(seconds)
    return lambda: NOON + next(times) * SECOND


async def test_recording_time_waits_when_the_clock_steps_back(
    location: StoreLocation, log: EventLog
) -> None:
    async with Sequencer(
        location.url, schema=location.schema, clock=clock_that_shows(0, 10, 3, -86_400, 11)
    ) as sequencer:
        receipts = [(await sequencer.append(a_new_stream()))[0] for _ in range(5)]

    seconds = [(receipt.recorded_at - NOON) / SECOND for receipt in receipts]
    assert seconds == [0, 10, 10, 10, 11]
    assert [row.recorded_at for row in await log.read(0, 10)] == [
        receipt.recorded_at for receipt in receipts
    ]


async def test_node_with_a_slow_clock_records_no_earlier_than_others(
    location: StoreLocation, log: EventLog
) -> None:
    async with (
        Sequencer(location.url, schema=location.schema, clock=lambda: NOON) as punctual,
        Sequencer(location.url, schema=location.schema, clock=lambda: NOON - 60 * SECOND) as late,
    ):
        for sequencer in (late, punctual, late, late, punctual):
            await sequencer.append(a_new_stream())

    times = [row.recorded_at for row in await log.read(0, 10)]
    assert times == [NOON - 60 * SECOND, NOON, NOON, NOON, NOON]


async def test_events_of_one_append_are_recorded_at_one_time(
    sequencer: Sequencer, log: EventLog
) -> None:
    stream = uuid4()

    [receipt] = await sequencer.append(an_append(an_event(stream, 1), an_event(stream, 2)))

    assert {row.recorded_at for row in await log.read(0, 10)} == {receipt.recorded_at}


async def test_position_at_an_instant_is_the_last_recorded_by_it(
    location: StoreLocation, log: EventLog
) -> None:
    assert await log.position_at(NOON) == 0
    async with Sequencer(
        location.url, schema=location.schema, clock=clock_that_shows(0, 0, 2, 2, 2, 5)
    ) as sequencer:
        for _ in range(6):
            await sequencer.append(a_new_stream())

    positions = {
        seconds: await log.position_at(NOON + seconds * SECOND)
        for seconds in (-1, 0, 1, 2, 4.999999, 5, 1_000_000)
    }

    assert positions == {-1: 0, 0: 2, 1: 2, 2: 5, 4.999999: 5, 5: 6, 1_000_000: 6}
