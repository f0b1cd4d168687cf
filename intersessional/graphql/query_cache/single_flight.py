"""One question to the database for all who ask it at the same time."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")

ANSWER_S = 5.0
"""How long a question may take: whoever comes later must not wait for one that hangs."""


class SingleFlight(Generic[T]):
    """Asks once for all who come while it is being asked, and only ever after they came.

    So nobody gets an answer from before their question, and two are asked at most at once.
    """

    def __init__(self, ask: Callable[[], Awaitable[T]], *, answer_s: float = ANSWER_S) -> None:
        """``ask`` is the question, and ``answer_s`` how long its answer is waited for."""
        self._ask = ask
        self._answer_s = answer_s
        self._asking: asyncio.Task[T] | None = None
        self._next: asyncio.Task[T] | None = None

    async def ask(self) -> T:
        """The answer. Raises what the question raises, and TimeoutError when it does not end."""
        if self._next is None:
            self._next = asyncio.create_task(self._after(self._asking))
        # Whoever leaves does not take the answer from the others.
        return await asyncio.shield(self._next)

    async def _after(self, before: asyncio.Task[T] | None) -> T:
        if before is not None:
            await asyncio.wait((before,))
        self._asking, self._next = self._next, None
        asking = asyncio.ensure_future(self._ask())
        done, _ = await asyncio.wait((asking,), timeout=self._answer_s)
        if not done:
            # A connection to nowhere may take for ever to be given up, too.
            asking.cancel()
            raise TimeoutError
        return asking.result()
