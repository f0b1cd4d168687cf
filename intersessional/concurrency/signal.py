"""A wake-up call for all tasks that wait at this moment."""

import asyncio


class Signal:
    """Wakes all its waiters; a task that waits afterwards waits for the next call."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    async def wait(self) -> None:
        """Wait until ``wake_all`` is called."""
        await self._event.wait()

    def wake_all(self) -> None:
        """Wake every task that waits."""
        event, self._event = self._event, asyncio.Event()
        event.set()
