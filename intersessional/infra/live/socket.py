"""One socket that speaks graphql-transport-ws, from its handshake to its end."""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, Protocol

from starlette.websockets import WebSocket, WebSocketDisconnect

from intersessional.infra.identity import SignedIn, TokenExpired, TokenRefused
from intersessional.infra.live import messages
from intersessional.infra.live.host import Host
from intersessional.infra.live.messages import Malformed
from intersessional.infra.live.operations import Operations
from intersessional.infra.live.outbox import AsgiOutbox, Outbox, RawOutbox
from intersessional.infra.live.raw_frames import raw_frames

TOO_SLOW = 4290
"""The close code for a reader who cannot follow: it comes back with its last position."""
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


class LiveSocket:
    """Reads what a client says; what it watches is written by the groups it joined."""

    def __init__(self, websocket: WebSocket, host: Host, spawn: Spawn) -> None:
        """The handshake is still to come."""
        self.signed_in = SignedIn()
        self.acknowledged = False
        """Whether it has introduced itself: before that it is told nothing."""
        raw = raw_frames(websocket.scope)
        self.outbox: Outbox = AsgiOutbox(websocket.send) if raw is None else RawOutbox(raw)
        self._websocket = websocket
        self._host = host
        self._spawn = spawn
        self._operations = Operations(host, self.outbox, self._too_slow)
        self._greeted = False
        self._closing: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None

    async def serve(self) -> None:
        """Serve the socket until either side closes it."""
        await self._websocket.accept(messages.PROTOCOL)
        writer = self._spawn(self.outbox.run()) if isinstance(self.outbox, AsgiOutbox) else None
        self._close_after(
            self._host.settings.init_seconds_max, 4408, "Connection initialisation timeout"
        )
        try:
            while (message := await self._websocket.receive())["type"] == "websocket.receive":
                if self._closing is None:
                    await self._hear(message.get("text"))
        finally:
            if self._timer is not None:
                self._timer.cancel()
            self._operations.end_all()
            if writer is not None:
                writer.cancel()

    def close(self, code: int, reason: str) -> None:
        """Close from our side, once; whatever is asked afterwards is not heard."""
        if self._closing is None:
            self._operations.end_all()
            self._closing = self._spawn(self._close(code, reason))

    async def _close(self, code: int, reason: str) -> None:
        with suppress(TimeoutError, WebSocketDisconnect):
            async with asyncio.timeout(CLOSE_S):
                await self.outbox.flush()
                await self._websocket.close(code, reason)
                return
        self.outbox.drop()

    def _close_after(self, seconds: float, code: int, reason: str) -> None:
        if self._timer is not None:
            self._timer.cancel()
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(seconds, self.close, code, reason)

    def _too_slow(self, position: int) -> None:
        self.close(TOO_SLOW, f"Too slow; go on after {position}.")

    async def _hear(self, text: str | None) -> None:
        try:
            if text is None:
                raise Malformed("A message is text.")
            message = messages.read(text)
            match message.get("type"):
                case "subscribe":
                    self._subscribe(message)
                case "complete":
                    self._operations.end(str(message.get("id")))
                case "ping":
                    self.outbox.put(messages.PONG)
                case "pong":
                    pass
                case "connection_init":
                    await self._init(message.get("payload"))
                case other:
                    raise Malformed(f"There is no message of type {str(other)[:40]!r}.")
        except Malformed as malformed:
            self.close(4400, str(malformed))

    async def _init(self, payload: Any) -> None:
        if self._greeted:
            return self.close(4429, "Too many initialisation requests")
        self._greeted = True
        try:
            self.signed_in = await self._host.identity.from_init(payload)
        except TokenRefused as refused:
            return self.close(4403, refused.code)
        if self._timer is not None:
            self._timer.cancel()
        if self.signed_in.expires_at is not None:
            left = (self.signed_in.expires_at - self._host.clock()).total_seconds()
            self._close_after(max(left, 0), 4403, TokenExpired.code)
        position = await self._host.room.context.for_operation().position()
        self.outbox.put(messages.ack({"headPosition": position}))
        self.acknowledged = True
        return None

    def _subscribe(self, message: dict[str, Any]) -> None:
        asked = messages.read_subscribe(message)
        if not self.acknowledged:
            self.close(4401, "Unauthorized")
        elif asked.id in self._operations:
            self.close(4409, f"Subscriber for {asked.id[:80]} already exists")
        elif len(self._operations) >= self._host.settings.subscriptions_max:
            self.outbox.put(messages.error(asked.id, _TOO_MANY))
        else:
            task = self._spawn(self._operations.run(asked, self.signed_in.caller))
            self._operations.begin(asked.id, task.cancel)
