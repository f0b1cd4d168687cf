"""Append queue: bounded, taken from in batches."""

import asyncio
from collections import deque
from secrets import token_bytes

from intersessional.domain.command_handling.event_store import EventStoreError, TooBusy
from intersessional.infra.event_store.append.append_request import AppendRequest
from intersessional.infra.event_store.append.recorded_command import RecordedCommand
from intersessional.infra.event_store.format.opening import HASH_BYTES

BATCH_COMMANDS_MAX = 256
BATCH_BYTES_MAX = 2 * 1024 * 1024
QUEUE_BYTES_MAX = 64 * 1024 * 1024

AppendOutcome = tuple[RecordedCommand, ...] | Exception


class QueuedAppend:
    """An append that waits for its outcome."""

    __slots__ = ("append", "deadline", "outcome", "salts", "size_bytes")

    def __init__(
        self, append: AppendRequest, loop: asyncio.AbstractEventLoop, timeout_s: float
    ) -> None:
        self.append = append
        self.deadline = loop.time() + timeout_s
        """The time of the loop, in seconds, after which it is not tried again."""
        self.salts = [token_bytes(HASH_BYTES) for _ in append.commands]
        """The salts of its body digests, the same in each try."""
        self.size_bytes = 0
        for command in append.commands:
            for event in command.events:
                self.size_bytes += len(event.state)
        self.outcome: asyncio.Future[tuple[RecordedCommand, ...]] = loop.create_future()

    def settle(self, outcome: AppendOutcome) -> None:
        """Set the outcome, unless the caller was cancelled."""
        if self.outcome.done():
            return
        if isinstance(outcome, Exception):
            self.outcome.set_exception(outcome)
        else:
            self.outcome.set_result(outcome)


class AppendQueue:
    """Appends that wait for a commit, in order."""

    def __init__(self, appends_max: int) -> None:
        self._appends_max = appends_max
        self._queue: deque[QueuedAppend] = deque()
        self._bytes = 0
        self._changed = asyncio.Event()
        self._closed = False

    def __len__(self) -> int:
        """The number of appends that wait."""
        return len(self._queue)

    def put(self, queued: QueuedAppend) -> None:
        """Queue an append. Raises TooBusy."""
        full = self._bytes + queued.size_bytes > QUEUE_BYTES_MAX
        if len(self._queue) >= self._appends_max or (full and self._queue):
            raise TooBusy(len(self._queue))
        self._queue.append(queued)
        self._bytes += queued.size_bytes
        self._changed.set()

    async def take(self) -> list[QueuedAppend]:
        """The next batch; empty when the queue is closed and empty."""
        while not self._queue and not self._closed:
            self._changed.clear()
            await self._changed.wait()
        batch: list[QueuedAppend] = []
        commands = size = 0
        while self._queue:
            first = self._queue[0]
            commands += len(first.append.commands)
            size += first.size_bytes
            if batch and (commands > BATCH_COMMANDS_MAX or size > BATCH_BYTES_MAX):
                break
            self._bytes -= first.size_bytes
            batch.append(self._queue.popleft())
        return batch

    def close(self) -> None:
        """Let ``take`` answer an empty batch once the queue is empty."""
        self._closed = True
        self._changed.set()

    def fail(self, error: EventStoreError) -> None:
        """Settle every append that waits with an error."""
        while self._queue:
            self._queue.popleft().settle(error)
