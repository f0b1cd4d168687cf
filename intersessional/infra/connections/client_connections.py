"""Everyone who is on a node, on whatever wire: kept awake, and sent elsewhere when it stops."""

import asyncio
import logging
import random
from collections.abc import Callable, Coroutine, Generator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Protocol, Self

from intersessional.concurrency.tasks import Tasks

logger = logging.getLogger(__name__)

RECONNECT_MS_MAX = 5_000
SLICE = 500
"""How many are given a sign of life before others get a turn."""


class ClientConnection(Protocol):
    """One socket, or one stream of events."""

    def beat(self, head: int) -> None:
        """Give a sign of life, which tells how far the record has come."""
        ...

    def restart(self, reconnect_ms: int) -> None:
        """End, because the node does; tell when to come back."""
        ...


class ClientConnections:
    """Knows everyone who is there, and owns what runs for them."""

    def __init__(self, head: Callable[[], int], *, heartbeat_s: float) -> None:
        """``head`` is the position that heartbeats tell, ``heartbeat_s`` the time between two."""
        self._head = head
        self._heartbeat_s = heartbeat_s
        self._present: set[ClientConnection] = set()
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

    @contextmanager
    def known(self, guest: ClientConnection) -> Generator[None]:
        """Someone is there."""
        self._present.add(guest)
        try:
            yield
        finally:
            self._present.discard(guest)

    def spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Run something for one of them in the background."""
        task = self._tasks.create_task(_guarded(work))
        # Cancelled before it began, nobody would end it.
        task.add_done_callback(lambda _: work.close())
        return task

    def drain(self) -> None:
        """Send everyone away; each is told a moment of their own at which to come back."""
        for guest in tuple(self._present):
            guest.restart(random.randrange(RECONNECT_MS_MAX))

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(self._heartbeat_s)
            head = self._head()
            for number, guest in enumerate(tuple(self._present), 1):
                guest.beat(head)
                if number % SLICE == 0:
                    await asyncio.sleep(0)


async def _guarded(work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except Exception:
        # It is one guest's; all the others go on.
        logger.exception("what ran for a guest failed")
