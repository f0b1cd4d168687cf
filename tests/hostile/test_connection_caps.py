"""Connections have a cap for the node and one for each address, whatever they are used for."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, suppress

import pytest
import pytest_asyncio

from intersessional.infra.http.server import refused_connection
from intersessional.infra.http.server.refused_connection import REFUSAL
from tests.graphql.server import WAIT_MAX_S, Server, serving
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


PREFLIGHT = (
    "OPTIONS /graphql HTTP/1.1",
    "Access-Control-Request-Method: POST",
    "Access-Control-Request-Headers: authorization, content-type",
)


async def test_refused_client_that_is_still_sending_sees_the_answer_and_so_does_a_page(
    node: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refused_connection, "LINGERING_MAX", 8)
    monkeypatch.setattr(refused_connection, "HEAD_S", 60)
    monkeypatch.setattr(refused_connection, "LINGER_S", 60)
    body = b"x" * 60_000
    length = f"Content-Length: {len(body)}"
    async with AsyncExitStack() as stack:
        for _ in range(ADDRESS_MAX):
            await stack.enter_async_context(open_unread(node))
        await until_open(node, ADDRESS_MAX)
        late = [await stack.enter_async_context(open_unread(node)) for _ in range(8)]
        await until_lingering(node, 8)
        # There is no place for this one, which is closed at once.
        assert await status(node, "127.0.0.1") in {503, 0}
        for plain in late[1:]:
            await send(plain, "POST /graphql HTTP/1.1", length, body=body)
        await send(late[0], *PREFLIGHT)
        preflight, *refused = [await receive_all(plain) for plain in late]
        assert len(node.connections) == ADDRESS_MAX
        assert len(node.connections.lingering) <= 8
    await until_lingering(node, 0)

    assert refused == [REFUSAL] * 7
    assert preflight.startswith(b"HTTP/1.1 204 ")
    assert b"\r\naccess-control-allow-headers: authorization, content-type\r\n" in preflight


async def test_refused_client_that_sends_without_end_is_closed(
    node: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refused_connection, "LINGER_S", 60)
    async with AsyncExitStack() as stack:
        for _ in range(ADDRESS_MAX):
            await stack.enter_async_context(open_unread(node))
        await until_open(node, ADDRESS_MAX)
        late = await stack.enter_async_context(open_unread(node))
        with suppress(BrokenPipeError, ConnectionResetError):
            while True:
                await asyncio.get_running_loop().sock_sendall(late, b"x" * 4_096)
        await until_lingering(node, 0)


async def until_lingering(node: Server, count: int) -> None:
    """Wait until so many refused connections are read from."""
    async with asyncio.timeout(WAIT_MAX_S):
        while len(node.connections.lingering) != count:  # noqa: ASYNC110  They ring no bell.
            await asyncio.sleep(0.01)


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
