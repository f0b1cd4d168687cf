"""One socket that speaks graphql-transport-ws, from its handshake to its end."""

import asyncio
from collections.abc import Coroutine
from contextlib import ExitStack
from typing import Any, Protocol

from starlette.websockets import WebSocket, WebSocketDisconnect

from intersessional.graphql.subscriptions.retry import is_transient
from intersessional.infra.auth import InvalidToken, IssuerUnavailable, Principal
from intersessional.infra.connections.authenticated_sessions import TooManySessions
from intersessional.infra.websocket import messages
from intersessional.infra.websocket.messages import MalformedMessage, SubscribeMessage
from intersessional.infra.websocket.raw_frames import raw_frames
from intersessional.infra.websocket.send_buffer import AsgiSendBuffer, RawSendBuffer, SendBuffer
from intersessional.infra.websocket.server_context import ServerContext
from intersessional.infra.websocket.socket_operations import SocketOperations

RESTARTING = 1012
TRY_AGAIN_LATER = 1013
TOO_SLOW = 4290
"""The close code for a reader who cannot follow: it comes back with its last position."""
REASON_BYTES_MAX = 123
CLOSE_S = 5.0
"""How long a close frame may wait behind what is never read."""

_TOO_MANY = (
    b'[{"message":"This socket watches as much as it may.",'
    b'"extensions":{"code":"TOO_MANY_SUBSCRIPTIONS"}}]'
)


class Spawn(Protocol):
    """Runs something in the background, owned by the node."""

    def __call__(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Start it."""
        ...


class GraphQLSocket:
    """Reads what a client says; what it watches is written by the groups it joined."""

    def __init__(self, websocket: WebSocket, host: ServerContext, spawn: Spawn) -> None:
        """The handshake is still to come."""
        raw = raw_frames(websocket.scope)
        self._outbox: SendBuffer = (
            AsgiSendBuffer(websocket.send, self._too_slow)
            if raw is None
            else RawSendBuffer(raw, self._too_slow)
        )
        self._websocket = websocket
        self._host = host
        self._spawn = spawn
        self._who = Principal()
        self._session = ExitStack()
        self._operations = SocketOperations(host, self._outbox)
        self._greeted = False
        self._acknowledged = False
        self._closing: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._life = asyncio.timeout(None)

    async def serve(self) -> None:
        """Serve the socket until either side closes it."""
        await self._websocket.accept(messages.PROTOCOL)
        writer = (
            self._spawn(self._outbox.run()) if isinstance(self._outbox, AsgiSendBuffer) else None
        )
        self._timer = asyncio.get_running_loop().call_later(
            self._host.settings.init_seconds_max,
            self.close,
            4408,
            "Connection initialisation timeout",
        )
        try:
            async with self._life:
                while (said := await self._websocket.receive())["type"] == "websocket.receive":
                    if self._closing is None:
                        await self._hear(said.get("text"))
        except TimeoutError:
            if not self._life.expired():
                raise
        finally:
            self._timer.cancel()
            self._session.close()
            self._operations.end_all()
            self._outbox.shut()
            for task in (writer, self._closing):
                if task is not None:
                    task.cancel()

    def beat(self, head: int) -> None:
        """Ask for a sign of life, and tell how far the node and this socket are."""
        if self._acknowledged:
            sent = self._operations.position
            told = {"headPosition": head, "sentPosition": head if sent is None else sent}
            self._outbox.put(messages.ping(told))

    def restart(self, reconnect_ms: int) -> None:
        """Close because the server ends; tell when to come back."""
        if self._acknowledged:
            self._outbox.put(messages.ping({"reconnectInMs": reconnect_ms}))
        self.close(RESTARTING, "This server restarts; come back.")

    def close(self, code: int, reason: str) -> None:
        """Close from our side, once; whatever is asked afterwards is not heard."""
        if self._closing is None:
            self._operations.end_all()
            self._outbox.shut()
            self._closing = self._spawn(self._close(code, reason))

    async def _close(self, code: int, reason: str) -> None:
        try:
            async with asyncio.timeout(CLOSE_S):
                await self._outbox.flush()
                await self._websocket.close(code, _short(reason))
        except TimeoutError:
            self._outbox.drop()
            self._life.reschedule(0)
        except WebSocketDisconnect:
            return

    def _too_slow(self) -> None:
        position = self._operations.position
        reason = "Too slow." if position is None else f"Too slow; go on after {position}."
        self.close(TOO_SLOW, reason)

    async def _hear(self, text: str | None) -> None:
        try:
            message = messages.read(text)
            match message["type"]:
                case "subscribe":
                    self._subscribe(messages.read_subscribe(message))
                case "complete":
                    self._operations.end(messages.read_id(message))
                case "ping":
                    self._outbox.put(messages.PONG)
                case "pong":
                    pass
                case "connection_init":
                    await self._init(messages.read_init(message))
                case other:
                    raise MalformedMessage(f"There is no message of type {other[:40]!r}.")
        except MalformedMessage as malformed:
            self.close(4400, str(malformed))

    async def _init(self, payload: dict[str, Any] | None) -> None:
        if self._greeted:
            return self.close(4429, "Too many initialisation requests")
        self._greeted = True
        try:
            self._who = await self._host.authenticator.authenticate_init(payload)
            position = await self._host.room.context.for_operation().position()
            if self._closing is None:
                self._session.enter_context(self._host.sessions.signed_in(self._who, self._end))
                self._acknowledge(position)
        except TooManySessions as full:
            self.close(TRY_AGAIN_LATER, str(full))
        except IssuerUnavailable as unavailable:
            self.close(TRY_AGAIN_LATER, unavailable.code)
        except InvalidToken as refused:
            self._end(refused)
        except Exception as error:
            if not is_transient(error):
                raise
            self.close(TRY_AGAIN_LATER, "The record cannot be reached at the moment.")
        return None

    def _acknowledge(self, position: int) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._outbox.put(messages.ack({"headPosition": position}))
        self._acknowledged = True

    def _end(self, refused: InvalidToken) -> None:
        self.close(4403, refused.code)

    def _subscribe(self, asked: SubscribeMessage) -> None:
        if not self._acknowledged:
            self.close(4401, "Unauthorized")
        elif asked.id in self._operations:
            self.close(4409, f"Subscriber for {asked.id} already exists")
        elif len(self._operations) >= self._host.settings.subscriptions_max:
            self._outbox.put(messages.error(asked.id, _TOO_MANY))
        else:
            task = self._spawn(self._operations.run(asked, self._who.caller))
            self._operations.begin(asked.id, task.cancel)


def _short(reason: str) -> str:
    """As much of a reason as a close frame holds."""
    return reason.encode()[:REASON_BYTES_MAX].decode(errors="ignore")
