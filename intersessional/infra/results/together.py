"""One question to the database for all who ask it at the same time."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Together(Generic[T]):
    """Asks once for all who come while it is being asked, and only ever after they came.

    So nobody gets an answer from before their question, and two are asked at most at once.
    """

    def __init__(self, ask: Callable[[], Awaitable[T]]) -> None:
        """``ask`` is the question."""
        self._ask = ask
        self._asking: asyncio.Task[T] | None = None
        self._next: asyncio.Task[T] | None = None

    async def ask(self) -> T:
        """The answer. Raises what the question raises."""
        if self._next is None:
            self._next = asyncio.create_task(self._after(self._asking))
        # Whoever leaves does not take the answer from the others.
        return await asyncio.shield(self._next)

    async def _after(self, before: asyncio.Task[T] | None) -> T:
        if before is not None:
            await asyncio.wait((before,))
        self._asking, self._next = self._next, None
        return await self._ask()
