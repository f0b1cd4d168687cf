"""Loads together what is asked for in the same turns of the event loop."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Hashable, Sequence
from typing import Any, Generic, TypeVar

K = TypeVar("K", bound=Hashable)
R = TypeVar("R")


class BatchLoader(ABC, Generic[K, R]):
    """Reads the value of each key once, those of many keys at once.

    Whoever asks has a future of their own: a task that is cancelled takes the value from no other
    one. A batch is read for as long as anybody waits for it.
    """

    def __init__(self) -> None:
        self._loaded: dict[K, asyncio.Future[R]] = {}
        self._batches: dict[K, _Batch[K, R]] = {}
        """The batch that each key belongs to which is not loaded yet."""
        self._next: _Batch[K, R] | None = None
        self._task: asyncio.Task[None] | None = None

    def keeps(self, value: R) -> bool:
        """Whether a value is kept for who asks later; else it is read anew for them."""
        return True

    @abstractmethod
    async def read(self, keys: Sequence[K]) -> Sequence[R]:
        """The values of keys, in their order."""

    def schedule(self) -> None:
        """Call ``begin`` when a batch is to be read: in the next turn of the event loop."""
        asyncio.get_running_loop().call_soon(self.begin)

    def begin(self) -> None:
        """Read the batch that was scheduled."""
        if self._next is not None:
            self._task = asyncio.create_task(self._read(self._next))

    def load(self, key: K) -> asyncio.Future[R]:
        """The value of a key. Raises what reading its batch raises."""
        loaded = self._loaded.get(key)
        if loaded is not None:
            return loaded
        batch = self._batches.get(key)
        if batch is None:
            batch = self._next
            if batch is None:
                batch = self._next = _Batch(self._batches)
                self.schedule()
            self._batches[key] = batch
        return batch.join(key)

    async def _read(self, batch: "_Batch[K, R]") -> None:
        # Whoever asks until now is in this batch. A task that has not begun cannot be cancelled:
        # the batch would stay the next one.
        self._next = None
        batch.reading = asyncio.current_task()
        keys = batch.awaited()
        try:
            values: Sequence[R] = await self.read(keys) if keys else ()
            for key, value in zip(keys, values, strict=True):
                for future in batch.waiting(key):
                    future.set_result(value)
                    if self.keeps(value):
                        self._loaded[key] = future
        except Exception as error:  # noqa: BLE001  Whoever waits gets it.
            for key in keys:
                for future in batch.waiting(key):
                    future.set_exception(error)
                    self._loaded[key] = future
        finally:
            batch.leave_all()


class _Batch(Generic[K, R]):
    """Who waits for the values of keys that are read at once."""

    __slots__ = ("_batches", "_futures", "_waiting", "reading")

    def __init__(self, batches: dict[K, "_Batch[K, R]"]) -> None:
        self._batches = batches
        self._futures: dict[K, list[asyncio.Future[R]]] = {}
        self._waiting = 0
        self.reading: asyncio.Task[Any] | None = None

    def join(self, key: K) -> asyncio.Future[R]:
        """A future for one more who waits."""
        future: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        futures = self._futures.get(key)
        if futures is None:
            self._futures[key] = [future]
        else:
            futures.append(future)
        self._waiting += 1
        future.add_done_callback(self._leave)
        return future

    def awaited(self) -> Sequence[K]:
        """The keys for which somebody waits."""
        return [key for key in self._futures if self.waiting(key)]

    def waiting(self, key: K) -> Sequence[asyncio.Future[R]]:
        """The futures for a key that have neither a value nor been cancelled."""
        return [one for one in self._futures[key] if not one.done()]

    def leave_all(self) -> None:
        """Whoever asks for these keys from now on asks for another batch."""
        for key in self._futures:
            if self._batches.get(key) is self:
                del self._batches[key]

    def _leave(self, future: asyncio.Future[R]) -> None:
        if not future.cancelled():
            return
        self._waiting -= 1
        if not self._waiting:
            self.leave_all()
            if self.reading is not None:
                self.reading.cancel()
