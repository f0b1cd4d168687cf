"""A client that disconnects while it is being closed leaves no task."""

import asyncio
import json
from collections.abc import MutableMapping
from typing import Any

import pytest

from tests.graphql.server import serving
from tests.graphql.socket import PROTOCOL

pytestmark = pytest.mark.asyncio(loop_scope="session")

SCOPE = {
    "type": "websocket",
    "path": "/graphql",
    "headers": [],
    "query_string": b"",
    "subprotocols": [PROTOCOL],
}
WRONG = json.dumps({"type": "unheard of"})


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("intersessional.infra.websocket.graphql_socket.CLOSE_S", 0.2)


async def test_close_frame_that_is_never_taken_ends_with_the_socket(
    database: str, caplog: pytest.LogCaptureFixture
) -> None:
    closing = asyncio.Event()
    events = iter([{"type": "websocket.connect"}, {"type": "websocket.receive", "text": WRONG}])

    async def receive() -> MutableMapping[str, Any]:
        message = next(events, None)
        if message is None:
            await closing.wait()
            return {"type": "websocket.disconnect", "code": 1006}
        return message

    async def send(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "websocket.close":
            closing.set()
            await asyncio.Event().wait()

    async with serving(database) as node, asyncio.timeout(30):
        await node.app(dict(SCOPE), receive, send)

    # The node has ended, and with it whatever ran for its guests.
    assert closing.is_set()
    assert [one.getMessage() for one in caplog.records if one.levelname == "ERROR"] == []
