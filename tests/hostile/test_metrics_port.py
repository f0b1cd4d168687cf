"""The port of the metrics takes a bounded part of the node, whoever reaches it."""

import asyncio
import socket
import threading
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection

import pytest
from prometheus_client import CollectorRegistry

from intersessional.infra.metrics import metrics_server
from intersessional.infra.metrics.metrics_server import SCRAPES_MAX, serving_metrics

WAIT_MAX_S = 30.0


def idle_connections(port: int, count: int, stack: ExitStack) -> list[socket.socket]:
    """Connections on which half a request comes, and then nothing."""
    opened = [
        stack.enter_context(socket.create_connection(("127.0.0.1", port), WAIT_MAX_S))
        for _ in range(count)
    ]
    for one in opened:
        one.sendall(b"GET /metrics HT")
    return opened


@contextmanager
def serving() -> Generator[int]:
    with serving_metrics(CollectorRegistry(), "127.0.0.1", 0) as port:
        yield port


def is_ended(connection: socket.socket) -> bool:
    """Whether the server has ended it; waits for that."""
    try:
        return connection.recv(1) == b""
    except ConnectionResetError:
        return True


def test_connections_to_the_metrics_are_few() -> None:
    before = threading.active_count()
    with serving() as port, ExitStack() as stack:
        opened = idle_connections(port, 5 * SCRAPES_MAX, stack)
        # The first ones have places, in which order they are accepted.
        assert all(map(is_ended, opened[SCRAPES_MAX:]))

        # The server's thread, and for each place one and its timer.
        assert threading.active_count() - before <= 1 + 2 * SCRAPES_MAX


def test_metrics_are_read_again_once_idle_connections_have_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(metrics_server, "SCRAPE_S", 0.05)
    with serving() as port, ExitStack() as stack:
        assert all(map(is_ended, idle_connections(port, SCRAPES_MAX, stack)))
        monkeypatch.setattr(metrics_server, "SCRAPE_S", WAIT_MAX_S)
        asyncio.run(until_answered(port))


async def until_answered(port: int) -> None:
    """Scrape until there is a place: a thread ends a little later than its connection."""
    async with asyncio.timeout(WAIT_MAX_S):
        while not await asyncio.to_thread(is_answered, port):  # noqa: ASYNC110
            await asyncio.sleep(0.01)


def is_answered(port: int) -> bool:
    """Whether a scrape is answered."""
    connection = HTTPConnection("127.0.0.1", port, timeout=WAIT_MAX_S)
    try:
        connection.request("GET", "/metrics")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
