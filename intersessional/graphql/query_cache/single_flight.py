"""Sharing of one call between concurrent callers."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")

CALL_S = 5.0
"""How long a call may take: later callers must not wait for one that hangs."""


class SingleFlight(Generic[T]):
    """Shares a call between all callers that wait for it; a call starts after they have called.

    So no caller gets a value older than its request, and at most two calls run at once.
    """

    def __init__(self, call: Callable[[], Awaitable[T]], *, call_s: float = CALL_S) -> None:
        """A call that takes longer than ``call_s`` fails."""
        self._call = call
        self._call_s = call_s
        self._current: asyncio.Task[T] | None = None
        self._next: asyncio.Task[T] | None = None

    async def get(self) -> T:
        """Return the value. Raises what the call raises, and TimeoutError."""
        if self._next is None:
            self._next = asyncio.create_task(self._call_after(self._current))
        # A caller that is cancelled does not cancel the call of the others.
        return await asyncio.shield(self._next)

    async def _call_after(self, previous: asyncio.Task[T] | None) -> T:
        if previous is not None:
            await asyncio.wait((previous,))
        self._current, self._next = self._next, None
        call = asyncio.ensure_future(self._call())
        done, _ = await asyncio.wait((call,), timeout=self._call_s)
        if not done:
            # Its cancellation may hang too, so it is not awaited.
            call.cancel()
            raise TimeoutError
        return call.result()
