"""One of two nodes is killed under load, and its watchers go on at the other."""

import asyncio
import signal
from contextlib import suppress

import orjson
from websockets.exceptions import ConnectionClosed

from tests.graphql.socket import open_socket
from tests.graphql.subscriptions.record_events import record_events
from tests.journeys.api_client import HEAD, signed_in
from tests.journeys.live_server import serving
from tests.recorded import Recorded

WATCHERS = 20
EVENTS = 2_000
PATIENCE_S = 120

TRAIL = "subscription ($after: Position) { auditTrail(after: $after) { position } }"


class Watcher:
    """Subscribes at one node until that ends, and then at the next one."""

    def __init__(self, after: int) -> None:
        self.position = after
        self.moved = 0

    async def watch(self, urls: list[str], until: int, midway: asyncio.Event) -> None:
        """Get every event up to a position, once and in order."""
        for url in urls:
            with suppress(ConnectionClosed):
                async with open_socket(url) as socket:
                    await socket.introduce()
                    await socket.subscribe("w", TRAIL, after=self.position)
                    while self.position < until:
                        message = orjson.loads(await socket.connection.recv())
                        if message["type"] == "next":
                            position = message["payload"]["data"]["auditTrail"]["position"]
                            assert position == self.position + 1
                            self.position = position
                        if self.position > until - EVENTS // 2:
                            midway.set()
                    return
            self.moved += 1


async def test_events_are_neither_skipped_nor_doubled_when_a_server_is_killed(
    recorded: Recorded,
) -> None:
    midway = asyncio.Event()
    async with (
        serving(recorded) as killed,
        serving(recorded) as other,
        signed_in(other.url, recorded) as api,
        asyncio.timeout(PATIENCE_S),
        asyncio.TaskGroup() as tasks,
    ):
        head: int = (await api.ask(HEAD))["headPosition"]
        watchers = [Watcher(head) for _ in range(WATCHERS)]
        urls = [killed.url, other.url]
        for watcher in watchers:
            tasks.create_task(watcher.watch(urls, head + EVENTS, midway))
        recording = tasks.create_task(record_events(recorded.url, EVENTS // 2 + 100))

        await midway.wait()
        await killed.end(signal.SIGKILL)
        await recording
        tasks.create_task(record_events(recorded.url, EVENTS // 2 - 100))

    assert [watcher.position for watcher in watchers] == [head + EVENTS] * WATCHERS
    assert [watcher.moved for watcher in watchers] == [1] * WATCHERS
