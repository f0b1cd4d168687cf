"""The database is killed under load, and subscribers only wait."""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path

import orjson

from intersessional.domain.command_handling.event_store import Unavailable
from intersessional.infra.embedded_postgres.lease import embedded_postgres
from intersessional.infra.event_store.append.sequencer import Sequencer
from tests.graphql.server import serving
from tests.graphql.socket import Socket
from tests.infra.embedded_postgres.lease_holder import server_process, wait_for_end
from tests.infra.event_store.append_requests import a_new_stream

WATCHERS = 6
KILLS = 2
EVENTS_A_LIFE = 300
PATIENCE_S = 120

TRAIL = "subscription ($after: Position) { auditTrail(after: $after) { position person { id } } }"


async def keep_recording(dsn: str, enough: asyncio.Event) -> None:
    """Append events until ``enough`` is set, also across restarts of the database."""
    async with Sequencer(dsn) as sequencer:
        while not enough.is_set():
            try:
                await sequencer.append(a_new_stream())
            except Unavailable:
                continue


async def watch(socket: Socket, marks: dict[int, asyncio.Event]) -> None:
    """Get every event up to the last mark on one connection, and no other message.

    Each start of the server is an epoch, which does not disturb.
    """
    seen, epochs = 0, set[str]()
    while seen < max(marks):
        message = orjson.loads(await socket.connection.recv())
        if message["type"] != "ping":
            seen += 1
            epochs.add(message["payload"]["extensions"].pop("epoch"))
            person = {"position": seen, "person": None}
            payload = {"data": {"auditTrail": person}, "extensions": {"position": seen}}
            assert message == {"id": "w", "type": "next", "payload": payload}
        if seen in marks:
            marks[seen].set()
    assert len(epochs) > KILLS


async def test_subscription_survives_a_restart_of_the_database_unnoticed(tmp_path: Path) -> None:
    marks = {EVENTS_A_LIFE * life: asyncio.Event() for life in range(1, KILLS + 2)}
    enough = asyncio.Event()
    async with (
        embedded_postgres(tmp_path) as dsn,
        serving(dsn) as node,
        AsyncExitStack() as stack,
        asyncio.timeout(PATIENCE_S),
        asyncio.TaskGroup() as tasks,
    ):
        sockets = [await stack.enter_async_context(node.socket()) for _ in range(WATCHERS)]
        for socket in sockets:
            await socket.subscribe("w", TRAIL, after=0)
        watching = [tasks.create_task(watch(socket, marks)) for socket in sockets]
        tasks.create_task(keep_recording(dsn, enough))

        for life in range(1, KILLS + 1):
            await marks[EVENTS_A_LIFE * life].wait()
            server = server_process(tmp_path)
            server.kill()
            await wait_for_end(server)

        await asyncio.wait(watching)
        enough.set()
