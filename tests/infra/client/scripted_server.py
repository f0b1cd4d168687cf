"""A WebSocket server that follows a script."""

import json
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.server import ServerConnection, serve
from websockets.typing import Subprotocol

ACK = {"type": "connection_ack", "payload": {"headPosition": 0}}


def entry(position: int) -> dict[str, Any]:
    """The message with the event at a position."""
    return {"type": "next", "id": "1", "payload": {"data": {"auditTrail": {"position": position}}}}


@dataclass
class ScriptedServer:
    """A server that sends each connection the next script; an int closes with that code."""

    scripts: list[Sequence[dict[str, Any] | str | int]]
    url: str = ""
    requested: list[int] = field(default_factory=list[int])
    """The positions after which clients subscribed."""

    async def talk(self, connection: ServerConnection) -> None:
        """Send the next script."""
        await connection.recv()
        for events in self.scripts.pop(0):
            match events:
                case int():
                    await connection.close(events, "as scripted")
                    return
                case str():
                    await connection.send(events)
                case _:
                    await connection.send(json.dumps(events))
            if events is ACK:
                self.requested.append(await _subscribed(connection))
        await connection.wait_closed()


async def _subscribed(connection: ServerConnection) -> int:
    """Wait for the subscription; returns the position to continue after."""
    async for text in connection:
        message = json.loads(text)
        if message["type"] == "subscribe":
            return int(message["payload"]["variables"]["after"])
    raise EOFError("the client never subscribed")


@asynccontextmanager
async def scripted_server(
    *scripts: Sequence[dict[str, Any] | str | int],
) -> AsyncGenerator[ScriptedServer]:
    """A server that follows these scripts."""
    one = ScriptedServer([*scripts])
    subprotocols = [Subprotocol("graphql-transport-ws")]
    async with serve(one.talk, "127.0.0.1", 0, subprotocols=subprotocols) as server:
        one.url = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}/graphql"
        yield one
