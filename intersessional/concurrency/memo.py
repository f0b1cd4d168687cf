"""Values that are made once."""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Hashable
from typing import Any, TypeVar

R = TypeVar("R")


class Memo:
    """Makes each value once, however many ask for it meanwhile, and holds it.

    The making ends when the last who waits for it is cancelled. One that was cancelled, or failed,
    is made again for whoever asks next.
    """

    def __init__(self) -> None:
        self._made: dict[Hashable, asyncio.Future[Any]] = {}
        self._waiting = Counter[asyncio.Future[Any]]()

    async def get(self, key: Hashable, make: Callable[[], Coroutine[Any, Any, R]]) -> R:
        """The value under a key. Raises what making it raises."""
        made = self._made.get(key)
        if made is None or (made.done() and (made.cancelled() or made.exception() is not None)):
            made = self._made[key] = asyncio.ensure_future(make())
        if made.done():
            done: R = made.result()
            return done
        self._waiting[made] += 1
        try:
            # A caller that is cancelled does not cancel the making for the others.
            value: R = await asyncio.shield(made)
        finally:
            self._waiting[made] -= 1
            if not self._waiting[made]:
                del self._waiting[made]
                if not made.done():
                    made.cancel()
                    if self._made.get(key) is made:
                        del self._made[key]
        return value
