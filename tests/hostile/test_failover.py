"""Another server takes over, with all events or without the last ones; the node goes on."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from intersessional.infra.embedded_postgres.lease import embedded_postgres
from intersessional.infra.event_store.append.sequencer import Sequencer
from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.event_store.live_feed import LiveFeed
from intersessional.infra.event_store.tail import Tail
from intersessional.projections.kernel.epochs import Epochs, PositionInEpoch, RecordChanged
from intersessional.projections.kernel.recorded_event import RecordedEvent
from tests.hostile.database_proxy import database_proxy
from tests.infra.event_store.append_requests import a_new_stream
from tests.infra.event_store.store_location import StoreLocation

WAIT_MAX_S = 60


async def copy(server: Path, standby: Path) -> None:
    """Copy the files of a server that does not run, with their owner."""
    process = await asyncio.create_subprocess_exec("cp", "-a", server, standby)
    assert await process.wait() == 0


async def next_position(events: AsyncIterator[RecordedEvent]) -> int:
    """The position of the next event; fails when none comes."""
    async with asyncio.timeout(WAIT_MAX_S):
        return (await anext(events)).position


async def begun(feed: LiveFeed, epochs: Epochs) -> Epochs:
    """The epochs once the feed has seen another one."""
    async with asyncio.timeout(WAIT_MAX_S):
        while feed.epochs is epochs:  # noqa: ASYNC110  Nothing tells of a change without a loss.
            await asyncio.sleep(0.02)
    return feed.epochs


async def test_standby_without_the_last_event_is_noticed_and_one_with_all_is_not_missed(
    tmp_path: Path,
) -> None:
    primary, behind, equal = tmp_path / "primary", tmp_path / "behind", tmp_path / "equal"
    async with embedded_postgres(primary) as url:
        location = await StoreLocation.make(url)
        async with Sequencer(location.url, schema=location.schema) as sequencer:
            for _ in range(2):
                await sequencer.append(a_new_stream())
    await copy(primary, behind)

    async with AsyncExitStack() as stack, AsyncExitStack() as first, AsyncExitStack() as second:
        await first.enter_async_context(embedded_postgres(primary))
        proxy = await stack.enter_async_context(database_proxy(location.url))
        through = replace(location, url=proxy.url)
        pool = await stack.enter_async_context(through.pool())
        tail = Tail(proxy.url, schema=location.schema)
        sequencer = Sequencer(proxy.url, schema=location.schema)
        feed = LiveFeed(EventLog(pool), Codec(()), tail)
        for service in (tail, sequencer, feed):
            await stack.enter_async_context(service)
        await sequencer.append(a_new_stream())
        events = feed.follow(2)
        assert await next_position(events) == 3
        cursor = PositionInEpoch(3, feed.epochs.present)
        epochs = feed.epochs

        # The primary is gone, and so is the third event.
        await proxy.fail_over(await second.enter_async_context(embedded_postgres(behind)))
        await first.aclose()
        epochs = await begun(feed, epochs)
        with pytest.raises(RecordChanged) as lost:
            await next_position(events)
        assert lost.value.after == feed.position == 2
        with pytest.raises(RecordChanged):
            epochs.check(cursor)
        events = feed.follow(2)
        await sequencer.append(a_new_stream())
        assert await next_position(events) == 3

        # This one loses nothing, and nobody misses anything.
        cursor = PositionInEpoch(3, feed.epochs.present)
        await proxy.go_away()
        await second.aclose()
        await copy(behind, equal)
        third = await stack.enter_async_context(embedded_postgres(equal))
        await proxy.fail_over(third)
        appended = asyncio.create_task(sequencer.append(a_new_stream()))
        assert await next_position(events) == 4
        await appended
        (await begun(feed, epochs)).check(cursor)
