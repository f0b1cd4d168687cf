"""Followers of the feed get every event once and in order, from any position."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator

import asyncpg
import pytest
import pytest_asyncio

from intersessional.infra.event_store.append.sequencer import Sequencer
from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.event_store.live_feed import LiveFeed
from intersessional.infra.event_store.tail import Tail
from intersessional.infra.postgres.pool import open_pool
from intersessional.projections.kernel.epochs import RecordChanged
from intersessional.projections.kernel.recorded_event import RecordedEvent
from tests.infra.event_store.append.lossy_proxy import run_lossy_proxy
from tests.infra.event_store.append_requests import a_new_stream
from tests.infra.event_store.conftest import location, log, owner, pool, sequencer, shared_database
from tests.infra.event_store.other_server import lose_tail, replace_server
from tests.infra.event_store.store_location import StoreLocation

__all__ = ["location", "log", "owner", "pool", "sequencer", "shared_database"]

WAIT_MAX_S = 30


@pytest_asyncio.fixture
async def feed(location: StoreLocation, log: EventLog) -> AsyncGenerator[LiveFeed]:
    async with (
        Tail(location.url, schema=location.schema) as tail,
        LiveFeed(log, Codec(()), tail) as feed,
    ):
        yield feed


async def record(sequencer: Sequencer, count: int) -> None:
    await asyncio.gather(*(sequencer.append(a_new_stream()) for _ in range(count)))


async def taken(events: AsyncIterator[RecordedEvent], count: int) -> list[int]:
    """The positions of the next events; fails when they do not come."""
    async with asyncio.timeout(WAIT_MAX_S):
        return [(await anext(events)).position for _ in range(count)]


async def test_feed_reads_past_events_first_and_then_new_ones(
    sequencer: Sequencer, feed: LiveFeed
) -> None:
    await record(sequencer, 1_200)
    events = feed.follow(5)

    past = await taken(events, 1_195)
    await record(sequencer, 3)

    assert past == list(range(6, 1_201))
    assert await taken(events, 3) == [1_201, 1_202, 1_203]


async def test_feed_until_the_last_position_ends_without_further_events(
    sequencer: Sequencer, feed: LiveFeed
) -> None:
    await record(sequencer, 7)
    await taken(feed.follow(0), 7)

    async with asyncio.timeout(WAIT_MAX_S):
        assert [event.position async for event in feed.follow(2, 7)] == [3, 4, 5, 6, 7]
        assert [event.position async for event in feed.follow(7, 7)] == []


async def test_feed_of_past_events_ends_at_until(location: StoreLocation, log: EventLog) -> None:
    async with Sequencer(location.url, schema=location.schema) as sequencer:
        await record(sequencer, 20)
    async with (
        Tail(location.url, schema=location.schema) as tail,
        LiveFeed(log, Codec(()), tail) as feed,
    ):
        async with asyncio.timeout(WAIT_MAX_S):
            assert [event.position async for event in feed.follow(3, 9)] == [4, 5, 6, 7, 8, 9]


async def test_feed_continues_after_every_session_was_terminated(
    sequencer: Sequencer, feed: LiveFeed, owner: asyncpg.Connection
) -> None:
    events = feed.follow(0)
    await record(sequencer, 2)
    assert await taken(events, 2) == [1, 2]

    for expected in range(3, 9):
        await owner.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        await record(sequencer, 1)

        assert await taken(events, 1) == [expected]


async def test_feed_continues_after_a_lost_response(
    location: StoreLocation, sequencer: Sequencer
) -> None:
    async with (
        run_lossy_proxy(location.url) as (url, proxy),
        open_pool(url, schema=location.schema) as pool,
        Tail(location.url, schema=location.schema) as tail,
        LiveFeed(EventLog(pool), Codec(()), tail) as feed,
    ):
        proxy.lose_answer_to(b"notification_id > $1")
        await record(sequencer, 1)

        assert await taken(feed.follow(0), 1) == [1]
        assert proxy.lost == 1


async def test_followers_go_on_after_a_change_that_lost_nothing(
    sequencer: Sequencer, feed: LiveFeed, owner: asyncpg.Connection
) -> None:
    await record(sequencer, 3)
    ahead, behind = feed.follow(0), feed.follow(0)
    await taken(ahead, 3)
    await taken(behind, 1)
    epochs = feed.epochs

    await replace_server(owner)
    await record(sequencer, 2)

    assert await taken(ahead, 2) == [4, 5]
    assert await taken(behind, 4) == [2, 3, 4, 5]
    assert feed.epochs.shared_with(epochs) == 3


async def test_followers_beyond_a_lost_tail_end_and_the_others_go_on_with_what_came_instead(
    sequencer: Sequencer, feed: LiveFeed, log: EventLog, owner: asyncpg.Connection
) -> None:
    await record(sequencer, 2)
    peaks = [*(await log.head()).frontier]
    await record(sequencer, 3)
    ahead, behind = feed.follow(0), feed.follow(0)
    await taken(ahead, 5)
    await taken(behind, 2)
    following = asyncio.create_task(taken(ahead, 1))
    lost = asyncio.get_running_loop().create_future()
    # An unknown event may close a text. What closes one next must be seen as another event.
    assert feed.texts_closed_at == 5
    feed.on_loss(lambda shared: lost.set_result((shared, feed.texts_closed_at)))

    await replace_server(owner)
    await lose_tail(owner, 2, peaks)
    await record(sequencer, 4)
    async with asyncio.timeout(WAIT_MAX_S):
        assert await lost == (2, 2)

    with pytest.raises(RecordChanged) as ended:
        await following
    assert ended.value.after == 2
    async with asyncio.timeout(WAIT_MAX_S):
        events = [await anext(behind) for _ in range(4)]
    assert [one.stream for one in events] == [row.stream for row in await log.read(2, 4)]
