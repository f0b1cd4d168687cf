"""Requests that do not end are held up to a bound, for all clients together."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from intersessional.infra.connections import open_connections
from intersessional.infra.http.middleware import body_limit
from tests.graphql.server import WAIT_MAX_S, serving
from tests.hostile.unread_connection import open_unread, send, until_open

pytestmark = pytest.mark.asyncio(loop_scope="session")

POST = ("POST /graphql HTTP/1.1", "Content-Type: application/json", "Content-Length: 90000")


async def test_unfinished_bodies_of_a_node_are_bounded(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(body_limit, "BODIES_BYTES_MAX", 300_000)
    async with serving(database) as node, AsyncExitStack() as stack:
        for _ in range(8):
            plain = await stack.enter_async_context(open_unread(node))
            await send(plain, *POST, body=b" " * 80_000)
        async with asyncio.timeout(WAIT_MAX_S):
            while len(node.connections) > 3:  # noqa: ASYNC110  Connections ring no bell.
                await asyncio.sleep(0.01)
        async with await node.client() as other:
            padded = "{ __typename }" + " " * 80_000

            assert (await other.post(padded)).status_code == 200


LONG = b"X: " + b"x" * 50_000 + b"\r\n"
STREAM = (
    b"GET /graphql?query=subscription%7BauditTrail%7Bposition%7D%7D HTTP/1.1\r\n"
    b"Host: here\r\nAccept: text/event-stream\r\n"
)
UNFINISHED = {
    "a head": b"GET / HTTP/1.1\r\n" + LONG,
    "what is sent behind a stream": STREAM + b"\r\n" + LONG,
    "the head of a stream": STREAM + LONG + b"\r\n",
}


async def test_unfinished_requests_of_a_node_are_bounded(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_connections, "REQUESTS_BYTES_MAX", 220_000)
    # Four of the eight, and the other one; of an unfinished head the parser has a copy.
    left = {**dict.fromkeys(UNFINISHED, 5), "a head": 3}
    async with serving(database) as node, await node.client() as other:
        for what, sent in UNFINISHED.items():
            async with AsyncExitStack() as stack:
                for _ in range(8):
                    plain = await stack.enter_async_context(open_unread(node))
                    await asyncio.get_running_loop().sock_sendall(plain, sent)
                assert (await other.post("{ __typename }")).status_code == 200
                async with asyncio.timeout(WAIT_MAX_S):
                    while len(node.connections) > left[what]:  # noqa: ASYNC110  They ring no bell.
                        await asyncio.sleep(0.01)
                assert len(node.connections) == left[what]
            await until_open(node, 1)
