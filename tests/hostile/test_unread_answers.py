"""What a client does not read is not held for long, nor much of it."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, suppress

import pytest
import pytest_asyncio
from websockets.frames import Frame, Opcode

from intersessional.infra.connections import open_connections
from tests.graphql.server import WAIT_MAX_S, Server, serving
from tests.hostile.unread_connection import open_unread, receive_all, send, until_open

pytestmark = pytest.mark.asyncio(loop_scope="session")

PART = "{ types { name description fields { name description } } }"
LARGE = "{ " + " ".join(f"part{number}: __schema {PART}" for number in range(4)) + " }"
BODY = json.dumps({"query": LARGE}).encode()
POST = ("POST /graphql HTTP/1.1", "Content-Type: application/json", f"Content-Length: {len(BODY)}")
UNSENT_BYTES_MAX = 3_000_000
"""Of two answers, and of no more."""
PONGS_MAX = 80
"""Fewer than the server closes a socket for."""
HANDSHAKE = (
    "GET /graphql HTTP/1.1",
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Protocol: graphql-transport-ws",
)


def frame(**message: object) -> bytes:
    """A client's message."""
    return Frame(Opcode.TEXT, json.dumps(message).encode()).serialize(mask=True)


INIT = frame(type="connection_init")
QUERY = frame(type="subscribe", id="1", payload={"query": LARGE})
CLOSE = Frame(Opcode.CLOSE, b"\x03\xe8").serialize(mask=True)
SENT = {
    "an answer": (POST, BODY, b""),
    "an answer, and then the connection closes": ((*POST, "Connection: close"), BODY, b""),
    "a result on a socket": (HANDSHAKE, INIT + QUERY, b""),
    "a result on a socket that the client closes": (HANDSHAKE, INIT + QUERY, CLOSE),
}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def node(file_database: str) -> AsyncGenerator[Server]:
    """A node that waits 0.3 s for a client to read."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(open_connections, "UNREAD_S", 0.3)
        async with serving(file_database) as node:
            yield node


@pytest.mark.parametrize(("lines", "body", "end"), SENT.values(), ids=SENT.keys())
async def test_connection_whose_client_reads_nothing_ends(
    node: Server, lines: tuple[str, ...], body: bytes, end: bytes
) -> None:
    loop = asyncio.get_running_loop()
    async with open_unread(node) as plain:
        await send(plain, *lines)
        if lines is HANDSHAKE:
            # Frames follow the answer to the handshake.
            await loop.sock_recv(plain, 1)
        await loop.sock_sendall(plain, body)
        await until_unsent(node)
        await loop.sock_sendall(plain, end)
        await until_open(node, 0)

        assert node.connections.unsent.total == 0


async def test_pongs_that_answer_no_ping_do_not_count_as_reading(node: Server) -> None:
    loop = asyncio.get_running_loop()
    async with open_unread(node) as plain:
        await send(plain, *HANDSHAKE)
        await loop.sock_recv(plain, 1)
        await loop.sock_sendall(plain, INIT + QUERY)
        await until_unsent(node)
        sent = 0
        with suppress(ConnectionError):
            while len(node.connections) and sent < PONGS_MAX:
                await loop.sock_sendall(plain, Frame(Opcode.PONG, b"").serialize(mask=True))
                await asyncio.sleep(0.05)
                sent += 1

        assert sent < PONGS_MAX


async def until_unsent(node: Server) -> None:
    """Wait until a client has not read something."""
    async with asyncio.timeout(WAIT_MAX_S):
        while not node.connections.unsent.total:  # noqa: ASYNC110  Buffers ring no bell.
            await asyncio.sleep(0.01)


async def test_client_that_reads_slowly_gets_everything(node: Server) -> None:
    loop = asyncio.get_running_loop()
    async with open_unread(node) as plain:
        await send(plain, *POST, "Connection: close", body=BODY)
        received = b""
        for _ in range(20):
            received += await loop.sock_recv(plain, 8_000)
            await asyncio.sleep(0.02)
        received += await receive_all(plain)

    head, _, answer = received.partition(b"\r\n\r\n")
    assert f"content-length: {len(answer)}".encode() in head
    assert len(json.loads(answer)["data"]["part3"]["types"]) > 100


async def test_unread_answers_of_all_clients_together_are_bounded(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_connections, "UNSENT_BYTES_MAX", UNSENT_BYTES_MAX)
    async with serving(database) as node, AsyncExitStack() as stack:
        for _ in range(10):
            plain = await stack.enter_async_context(open_unread(node))
            await send(plain, *POST, body=BODY)
            async with await node.client() as other:
                assert (await other.post(LARGE)).status_code == 200
            assert node.connections.unsent.total <= UNSENT_BYTES_MAX

        assert 0 < len(node.connections) < 10
