"""Several nodes share one machine and one address, and are one server to everyone."""

import asyncio
import signal
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from urllib.parse import urlsplit

import orjson
import psutil
import pytest_asyncio
from websockets.exceptions import ConnectionClosed

from tests.graphql.socket import Socket, open_socket
from tests.graphql.subscriptions.record_events import record_events
from tests.journeys.api_client import HEAD, signed_in
from tests.journeys.live_server import Server, ready
from tests.processes import children
from tests.recorded import Recorded
from tests.without_rate_limits import WITHOUT_RATE_LIMITS

PATIENCE_S = 60
EVENTS = 200
TRAIL = "subscription ($after: Position) { auditTrail(after: $after) { position } }"


@pytest_asyncio.fixture
async def server(recorded: Recorded) -> AsyncGenerator[Server]:
    variables = {"DATABASE_URL": recorded.url, "INTERSESSIONAL_MODE": "development", "PORT": "0"}
    # Sockets wait until each worker has some.
    variables["INTERSESSIONAL_INIT_SECONDS_MAX"] = "600"
    async with ready("serve", "--workers", "2", **WITHOUT_RATE_LIMITS, **variables) as server:
        yield server


def workers(server: Server) -> list[psutil.Process]:
    """The worker processes, all of which one process has forked."""
    [fork_server] = children(psutil.Process(server.running.process.pid))
    return children(fork_server)


def sockets_of(worker: psutil.Process, server: Server) -> int:
    """The number of connections that a worker has accepted."""
    port = urlsplit(server.url).port
    taken = [one for one in worker.net_connections("tcp") if one.laddr.port == port]
    return sum(one.status == psutil.CONN_ESTABLISHED for one in taken)


async def wait_for_ends(*processes: psutil.Process) -> None:
    """Wait until these processes have ended."""
    left = await asyncio.to_thread(psutil.wait_procs, processes, PATIENCE_S)
    assert left[1] == []


@asynccontextmanager
async def sockets(server: Server, after: int) -> AsyncGenerator[list[Socket]]:
    """Watchers, until each of the workers has some of them."""
    async with AsyncExitStack() as stack, asyncio.timeout(PATIENCE_S):
        opened: list[Socket] = []
        while not all(sockets_of(worker, server) for worker in workers(server)):
            opened.append(await stack.enter_async_context(open_socket(server.url)))
        for socket in opened:
            await socket.introduce()
            await socket.subscribe("w", TRAIL, after=after)
        yield opened


async def watch(server: Server, socket: Socket, after: int, until: int) -> int:
    """Get each event once and in order, from any worker; returns the number of reconnections."""
    position, broken = after, 0
    async with AsyncExitStack() as stack:
        while position < until:
            try:
                message = orjson.loads(await socket.connection.recv())
                if message["type"] == "next":
                    position += 1
                    assert message["payload"]["data"] == {"auditTrail": {"position": position}}
            except ConnectionClosed:
                broken += 1
                socket = await stack.enter_async_context(open_socket(server.url))
                await socket.introduce()
                await socket.subscribe("w", TRAIL, after=position)
    return broken


async def test_killed_worker_is_replaced_and_all_end_together(
    server: Server, recorded: Recorded
) -> None:
    async with signed_in(server.url, recorded) as api:
        head: int = (await api.ask(HEAD))["headPosition"]
    killed, stays = workers(server)
    async with sockets(server, head) as opened, asyncio.timeout(PATIENCE_S):
        recording = asyncio.create_task(record_events(recorded.url, EVENTS))
        killed.send_signal(signal.SIGKILL)

        broken = await asyncio.gather(
            *(watch(server, socket, head, head + EVENTS) for socket in opened), recording
        )

        assert {0, 1} <= set(broken[:-1])
        await server.running.wait_for_stderr("restart in")
        both: list[psutil.Process] = []
        while len(both) < 2 or killed in both:
            await asyncio.sleep(0.01)
            both = workers(server)
        assert stays in both
        [restarted] = {*both} - {stays}
        await server.running.wait_for_stderr(f"starts as process {restarted.pid};")
        async with sockets(server, head) as again:
            # As a terminal does it, with everyone who is in the foreground.
            code = await server.end(signal.SIGINT)

            assert {(await socket.closed())[0] for socket in again} == {1012}
    await wait_for_ends(*both)
    assert code == 0
    # "ready" was printed once, and nothing after it.
    assert await server.running.line() == ""


async def test_workers_of_a_killed_parent_end(server: Server) -> None:
    both = workers(server)

    await server.end(signal.SIGKILL)

    await wait_for_ends(*both)
