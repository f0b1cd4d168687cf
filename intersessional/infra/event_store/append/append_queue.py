"""What waits to be recorded: a bounded queue that hands out batches."""

import asyncio
from collections import deque
from secrets import token_bytes

from intersessional.domain.kernel.event_store import EventStoreError, TooBusy
from intersessional.infra.event_store.append.append_request import AppendRequest
from intersessional.infra.event_store.append.recorded_command import RecordedCommand
from intersessional.infra.event_store.format.opening import HASH_BYTES

BATCH_COMMANDS_MAX = 256
BATCH_BYTES_MAX = 2 * 1024 * 1024
WAITING_BYTES_MAX = 64 * 1024 * 1024

AppendOutcome = tuple[RecordedCommand, ...] | Exception


class QueuedAppend:
    """An append that waits for its outcome."""

    __slots__ = ("append", "bytes", "deadline", "outcome", "salts")

    def __init__(
        self, append: AppendRequest, loop: asyncio.AbstractEventLoop, patience: float
    ) -> None:
        self.append = append
        self.deadline = loop.time() + patience
        """The loop's time after which it is no longer tried."""
        self.salts = [token_bytes(HASH_BYTES) for _ in append.commands]
        """What salts the digests of its bodies: made once, the same however often it is tried."""
        self.bytes = 0
        for command in append.commands:
            for event in command.events:
                self.bytes += len(event.state)
        self.outcome: asyncio.Future[tuple[RecordedCommand, ...]] = loop.create_future()

    def settle(self, outcome: AppendOutcome) -> None:
        """Tell the outcome, unless whoever asked has gone."""
        if self.outcome.done():
            return
        if isinstance(outcome, Exception):
            self.outcome.set_exception(outcome)
        else:
            self.outcome.set_result(outcome)


class AppendQueue:
    """The appends that wait. When it is full, a further one is refused at once."""

    def __init__(self, appends_max: int) -> None:
        self._appends_max = appends_max
        self._queue: deque[QueuedAppend] = deque()
        self._bytes = 0
        self._changed = asyncio.Event()
        self._closed = False

    def put(self, pending: QueuedAppend) -> None:
        """Queue an append. Raises TooBusy."""
        full = self._bytes + pending.bytes > WAITING_BYTES_MAX
        if len(self._queue) >= self._appends_max or (full and self._queue):
            raise TooBusy(len(self._queue))
        self._queue.append(pending)
        self._bytes += pending.bytes
        self._changed.set()

    async def take(self) -> list[QueuedAppend]:
        """What is to be committed together; empty when the queue is closed and nothing is left."""
        while not self._queue and not self._closed:
            self._changed.clear()
            await self._changed.wait()
        batch: list[QueuedAppend] = []
        commands = size = 0
        while self._queue:
            first = self._queue[0]
            commands += len(first.append.commands)
            size += first.bytes
            if batch and (commands > BATCH_COMMANDS_MAX or size > BATCH_BYTES_MAX):
                break
            self._bytes -= first.bytes
            batch.append(self._queue.popleft())
        return batch

    def close(self) -> None:
        """Let ``take`` end once nothing is left."""
        self._closed = True
        self._changed.set()

    def fail(self, error: EventStoreError) -> None:
        """Fail whatever still waits."""
        while self._queue:
            self._queue.popleft().settle(error)
