"""The sockets of a node: served, kept awake, and sent elsewhere when the node stops."""

import asyncio
import logging
import random
from collections.abc import Coroutine
from types import TracebackType
from typing import Any, Self

from starlette.websockets import WebSocket

from intersessional.infra.live.host import Host
from intersessional.infra.live.messages import PROTOCOL
from intersessional.infra.live.sessions import TooMany
from intersessional.infra.live.socket import TRY_AGAIN_LATER, LiveSocket
from intersessional.infra.tasks import Tasks

logger = logging.getLogger(__name__)

RECONNECT_MS_MAX = 5_000
SLICE = 500


class Sockets:
    """Owns every socket of the node and what runs for it."""

    def __init__(self, host: Host, *, heartbeat_s: float) -> None:
        """``heartbeat_s`` is the time between two heartbeats."""
        self._host = host
        self._heartbeat_s = heartbeat_s
        self._open: set[LiveSocket] = set()
        self._tasks = Tasks()
        self._heart: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        await self._tasks.__aenter__()
        self._heart = self._tasks.create_task(self._beat(), name="the live room's heartbeat")
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._heart is not None:
            self._heart.cancel()
        self.drain()
        await self._tasks.__aexit__(kind, error, trace)

    async def serve(self, websocket: WebSocket) -> None:
        """Serve a socket until it ends."""
        try:
            with self._host.sessions.opened():
                await self._serve(LiveSocket(websocket, self._host, self._spawn))
        except TooMany as full:
            await websocket.accept(PROTOCOL)
            await websocket.close(TRY_AGAIN_LATER, str(full))

    async def _serve(self, socket: LiveSocket) -> None:
        self._open.add(socket)
        try:
            await socket.serve()
        finally:
            self._open.discard(socket)

    def drain(self) -> None:
        """Close every socket; each is told a moment of its own at which to come back."""
        for socket in tuple(self._open):
            socket.restart(random.randrange(RECONNECT_MS_MAX))

    def _spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = self._tasks.create_task(_guarded(work))
        # Cancelled before it began, nobody would end it.
        task.add_done_callback(lambda _: work.close())
        return task

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(self._heartbeat_s)
            for number, socket in enumerate(tuple(self._open), 1):
                socket.beat(self._host.room.feed.position)
                if number % SLICE == 0:
                    await asyncio.sleep(0)


async def _guarded(work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except Exception:
        # It is one socket's; all the others go on.
        logger.exception("what ran for a socket failed")
