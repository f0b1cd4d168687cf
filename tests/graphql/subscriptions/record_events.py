"""Appends events without meaning, as fast as the log takes them."""

import asyncio

from intersessional.infra.event_store.append.sequencer import Sequencer
from tests.infra.event_store.append_requests import a_new_stream

AT_ONCE = 64


async def record_events(dsn: str, count: int, text: str = "") -> None:
    """Record so many events, each of which holds a text."""
    async with Sequencer(dsn) as sequencer:
        left = iter(range(count))

        async def write() -> None:
            for _ in left:
                await sequencer.append(a_new_stream(text))

        async with asyncio.TaskGroup() as tasks:
            for _ in range(min(AT_ONCE, count)):
                tasks.create_task(write())
