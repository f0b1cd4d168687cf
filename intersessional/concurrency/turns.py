"""Turns that are taken by a bounded number of tasks at a time."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Hashable
from contextlib import asynccontextmanager


class Turns:
    """Lets so many tasks work at the same time; those that wait follow by owner, in rotation.

    However much one owner has to do, another one waits for one turn of each of the others.
    """

    def __init__(self, turns_max: int) -> None:
        """``turns_max`` bounds the tasks that work at the same time."""
        self._free = turns_max
        self._waiting: dict[Hashable, deque[asyncio.Future[None]]] = {}

    @property
    def waiting(self) -> int:
        """The number of tasks that wait."""
        return sum(map(len, self._waiting.values()))

    @asynccontextmanager
    async def turn(self, owner: Hashable) -> AsyncGenerator[None]:
        """Wait for a turn, and have it until exit."""
        if self._free:
            self._free -= 1
        else:
            await self._wait(owner)
        try:
            yield
        finally:
            self._pass_on()

    async def _wait(self, owner: Hashable) -> None:
        given = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(owner, deque()).append(given)
        try:
            await given
        except asyncio.CancelledError:
            if given.cancelled():
                self._forget(owner, given)
            else:
                # It was given at the same moment.
                self._pass_on()
            raise

    def _forget(self, owner: Hashable, given: asyncio.Future[None]) -> None:
        queue = self._waiting.get(owner)
        if queue is not None and given in queue:
            queue.remove(given)
            if not queue:
                del self._waiting[owner]

    def _pass_on(self) -> None:
        while self._waiting:
            owner, queue = next(iter(self._waiting.items()))
            del self._waiting[owner]
            following = queue.popleft()
            if queue:
                # The others come first.
                self._waiting[owner] = queue
            if not following.done():
                following.set_result(None)
                return
        self._free += 1
