"""Connections have a cap for the node and one for each address, whatever they are used for."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, suppress

import pytest
import pytest_asyncio

from tests.graphql.server import Server, serving
from tests.hostile.unread_connection import open_unread, receive_all, send, until_open

pytestmark = pytest.mark.asyncio(loop_scope="session")

OPEN_MAX, ADDRESS_MAX = 12, 5
HEALTH = "GET /health HTTP/1.1"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def node(file_database: str) -> AsyncGenerator[Server]:
    """A node that takes few connections."""
    async with serving(
        file_database,
        INTERSESSIONAL_CONNECTIONS_MAX=OPEN_MAX,
        INTERSESSIONAL_ADDRESS_CONNECTIONS_MAX=ADDRESS_MAX,
    ) as node:
        yield node


async def status(node: Server, address: str) -> int:
    """The status of an answer to a request from an address; 0 where there is none."""
    async with open_unread(node, address) as plain:
        with suppress(BrokenPipeError, ConnectionResetError):
            await send(plain, HEALTH, "Connection: close")
        answer = await receive_all(plain)
        return int(answer.split()[1]) if answer else 0


def cap_lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What was logged of caps."""
    return [one.getMessage() for one in caplog.records if one.name.endswith("cap_log")]


async def test_full_address_is_refused_and_others_are_served(
    node: Server, caplog: pytest.LogCaptureFixture
) -> None:
    async with AsyncExitStack() as idle:
        for _ in range(ADDRESS_MAX):
            await idle.enter_async_context(open_unread(node))
        await until_open(node, ADDRESS_MAX)
        refused = [await status(node, "127.0.0.1") for _ in range(3)]
        assert await status(node, "127.0.0.2") == 200

    await until_open(node, 0)
    assert await status(node, "127.0.0.1") == 200
    assert set(refused) <= {503, 0}
    assert cap_lines(caplog) == [
        f"connections of an address are refused: 127.0.0.1 has {ADDRESS_MAX} open"
        " (name it in INTERSESSIONAL_TRUSTED_PROXIES if it is your proxy)",
        "connections of an address are accepted again; 3 were refused",
    ]


async def test_full_node_refuses_at_once_and_accepts_again(
    node: Server, caplog: pytest.LogCaptureFixture
) -> None:
    async with AsyncExitStack() as idle:
        for number in range(OPEN_MAX):
            address = f"127.0.0.{number // ADDRESS_MAX + 1}"
            await idle.enter_async_context(open_unread(node, address))
        await until_open(node, OPEN_MAX)
        async with open_unread(node, "127.0.0.9") as late:
            answer = await receive_all(late)
        for _ in range(200):
            await idle.enter_async_context(open_unread(node, "127.0.0.8"))
        assert len(node.connections) == OPEN_MAX

    await until_open(node, 0)
    assert await status(node, "127.0.0.9") == 200
    assert answer.startswith(b"HTTP/1.1 503 Service Unavailable\r\n")
    assert b"\r\nretry-after: 5\r\n" in answer
    # The page of any origin can read it.
    assert b"\r\naccess-control-allow-origin: *\r\n" in answer
    assert b"\r\naccess-control-expose-headers: Retry-After\r\n" in answer
    assert b"TOO_MANY_CONNECTIONS" in answer
    begin, end = cap_lines(caplog)
    assert begin == f"connections are refused: {OPEN_MAX} are open"
    assert end.startswith("connections are accepted again; ")


async def test_sockets_streams_and_unfinished_requests_count(node: Server) -> None:
    watch = "/graphql?query=subscription%7BauditTrail%7Bposition%7D%7D"
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(node.socket())
        stream = await stack.enter_async_context(open_unread(node))
        await send(stream, f"GET {watch} HTTP/1.1", "Accept: text/event-stream")
        for begun in (b"", b"GET /gra", b"POST /graphql HTTP/1.1\r\nHost: x\r\n"):
            plain = await stack.enter_async_context(open_unread(node))
            plain.send(begun)
        await until_open(node, 5)
        assert await status(node, "127.0.0.1") in {503, 0}

    await until_open(node, 0)
    assert await status(node, "127.0.0.1") == 200


async def test_connections_of_a_trusted_proxy_do_not_count_for_its_address(database: str) -> None:
    async with (
        serving(
            database,
            INTERSESSIONAL_TRUSTED_PROXIES="127.0.0.1",
            INTERSESSIONAL_ADDRESS_CONNECTIONS_MAX=1,
        ) as node,
        open_unread(node),
        open_unread(node),
        open_unread(node, "127.0.0.2"),
    ):
        await until_open(node, 3)

        assert await status(node, "127.0.0.1") == 200
        assert await status(node, "127.0.0.2") in {503, 0}
