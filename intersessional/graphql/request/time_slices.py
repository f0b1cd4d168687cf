"""Slices of the event loop's time, in which everything is computed that takes long."""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

R = TypeVar("R")

SLICE_S = 0.01
"""Processor time in one turn of the event loop; its last function may go beyond it."""

_Waiting = tuple[Callable[[], Any], Callable[[float], None], asyncio.Future[Any]]


class TimeSlices:
    """Computes for many owners: for one slice in each turn of the event loop, in rotation.

    However much one owner has to compute, another one waits for one function of each of the others.
    """

    def __init__(self, *, clock: Callable[[], float] = time.thread_time) -> None:
        """``clock`` tells the processor time of the thread, in seconds."""
        self._clock = clock
        self._waiting: dict[Hashable, deque[_Waiting]] = {}

    def __len__(self) -> int:
        """The number of functions that wait."""
        return sum(map(len, self._waiting.values()))

    def run(
        self, owner: Hashable, function: Callable[[], R], spend: Callable[[float], None]
    ) -> asyncio.Future[R]:
        """What a function returns, or raises; ``spend`` is told the processor time it took.

        A function is not called any more when nobody waits for it.
        """
        loop = asyncio.get_running_loop()
        result: asyncio.Future[R] = loop.create_future()
        if not self._waiting:
            loop.call_soon(self._slice, loop)
        self._waiting.setdefault(owner, deque()).append((function, spend, result))
        return result

    def _slice(self, loop: asyncio.AbstractEventLoop) -> None:
        now_s = self._clock()
        ends_at_s = now_s + SLICE_S
        while self._waiting and now_s < ends_at_s:
            owner, functions = next(iter(self._waiting.items()))
            del self._waiting[owner]
            now_s = self._call(*functions.popleft(), now_s)
            if functions:
                # The others come first.
                self._waiting[owner] = functions
        if self._waiting:
            loop.call_soon(self._slice, loop)

    def _call(
        self,
        function: Callable[[], Any],
        spend: Callable[[float], None],
        result: asyncio.Future[Any],
        began_at_s: float,
    ) -> float:
        """Call a function; the processor time after it."""
        if result.cancelled():
            return began_at_s
        try:
            value = function()
        except Exception as error:  # noqa: BLE001  Whoever waits gets it.
            result.set_exception(error)
        else:
            result.set_result(value)
        ends_at_s = self._clock()
        spend(ends_at_s - began_at_s)
        return ends_at_s
