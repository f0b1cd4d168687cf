"""Values that are made once."""

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from typing import Any, TypeVar

R = TypeVar("R")


class Memo:
    """Makes each value once, however many ask for it meanwhile, and holds it.

    One whose making was cancelled, or failed, is made again for whoever asks next.
    """

    def __init__(self) -> None:
        self._made: dict[Hashable, asyncio.Future[Any]] = {}

    async def get(self, key: Hashable, make: Callable[[], Coroutine[Any, Any, R]]) -> R:
        """The value under a key. Raises what making it raises."""
        made = self._made.get(key)
        if made is None or (made.done() and (made.cancelled() or made.exception() is not None)):
            made = self._made[key] = asyncio.ensure_future(make())
        value: R = await made
        return value
