"""Bodies that do not end are held up to a bound, for all clients together."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from intersessional.infra.http.middleware import body_limit
from tests.graphql.server import WAIT_MAX_S, serving
from tests.hostile.unread_connection import open_unread, send

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
