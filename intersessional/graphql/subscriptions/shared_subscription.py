"""Everyone who watches the same: one execution and one encoding an event, for all of them."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing

from graphql import GraphQLError

from intersessional.graphql.execution.errors import error_body_of
from intersessional.graphql.execution.public_errors import log_and_mask
from intersessional.graphql.execution.requests import RequestError
from intersessional.graphql.subscriptions.catch_up import CatchUp
from intersessional.graphql.subscriptions.coalescing import coalesce
from intersessional.graphql.subscriptions.payload import Payload, chunks
from intersessional.graphql.subscriptions.replay_buffer import ReplayBuffer
from intersessional.graphql.subscriptions.sink import Sink
from intersessional.graphql.subscriptions.subscription_execution import SubscriptionExecution

logger = logging.getLogger(__name__)

SLICE = 500
"""How many watchers are written to before others get a turn."""
CHUNK = 64
CHUNK_BYTES = 64 * 1024
"""How much a watcher who catches up is handed at once."""


class SubscriptionEnded(Exception):
    """The group ended while someone joined it, who has everything up to a position."""

    def __init__(self, position: int) -> None:
        super().__init__(f"a group ended for someone who was at {position}")
        self.position = position


class SharedSubscription:
    """The watchers of one operation. What they are sent is kept for those who come back."""

    def __init__(
        self, watched: SubscriptionExecution, head: Callable[[], int], past: CatchUp
    ) -> None:
        """Go on after the ``head`` once it runs; ``past`` knows what was before."""
        self.passed = head()
        """Everything up to this position that concerns its watchers has been sent to them."""
        self.ended = False
        """Whether it runs no more: who comes now needs another one."""
        self._watched = watched
        self._head = head
        self._past = past
        self._ring = ReplayBuffer(self.passed)
        self._made = 0
        """How many payloads have been made and not been sent yet."""
        self._made_until = self.passed
        self._sending_s = 0.0
        """How long it took to write to everyone: as long, more may come to be written with it."""
        self._sinks: dict[Sink, int] = {}
        self._joining = 0

    def __len__(self) -> int:
        """How many watch, or are about to."""
        return len(self._sinks) + self._joining

    async def run(self) -> None:
        """Execute for all watchers until cancelled; a fault is told to them, and ends it."""
        try:
            together = coalesce(self._payloads(), hold_s=lambda: self._sending_s, more=self._more)
            async with aclosing(together):
                async for burst in together:
                    for payload in burst:
                        self._ring.append(payload)
                    await self._deliver(burst)
        except (RequestError, GraphQLError) as error:
            self._fail(RequestError.of(error).body)
        except Exception as fault:  # noqa: BLE001  It is logged.
            # Everyone else on this node goes on; these watchers are told.
            log_and_mask(logger, f"a group of {len(self)} watchers ends", fault)
            self._fail(error_body_of(fault))
        finally:
            self.ended = True

    async def join(self, sink: Sink, after: int) -> None:
        """Let a watcher have everything after a position: what was missed first, then live.

        Raises SubscriptionEnded, and what the execution of the past raises.
        """
        position = after
        self._joining += 1
        try:
            while not self.ended:
                if position < self._ring.floor:
                    missed, position = await self._past.read(
                        self, self._watched, position, self._ring.floor
                    )
                    await self._hand_over(sink, missed)
                elif missed := self._ring.after(position, CHUNK):
                    position = missed[-1].position
                    await self._hand_over(sink, missed)
                else:
                    # Nothing is awaited between this look at the ring and being there for what
                    # comes next, so nothing can be missed.
                    self._sinks[sink] = position
                    return
        finally:
            self._joining -= 1
        raise SubscriptionEnded(position)

    def leave(self, sink: Sink) -> None:
        """Forget a watcher."""
        self._sinks.pop(sink, None)

    async def _payloads(self) -> AsyncGenerator[Payload]:
        async with aclosing(self._watched.payloads(self.passed, passed=self._pass)) as payloads:
            async for payload in payloads:
                self._made += 1
                yield payload

    def _pass(self, position: int) -> None:
        self._made_until = position
        if not self._made:
            self.passed = position

    def _more(self, position: int) -> bool:
        """Whether something was recorded after this position that was not looked at yet."""
        return self._head() > max(position, self._made_until)

    async def _hand_over(self, sink: Sink, missed: Sequence[Payload]) -> None:
        for chunk in chunks(missed, CHUNK_BYTES):
            sink.next(chunk)
            await sink.room()

    async def _deliver(self, burst: Sequence[Payload]) -> None:
        loop = asyncio.get_running_loop()
        began = loop.time()
        for number, sink in enumerate(tuple(self._sinks), 1):
            # Who joined while this went on has it from the ring; who was ahead has it already.
            position = self._sinks.get(sink, burst[-1].position)
            if position < burst[0].position:
                self._give(sink, burst)
            elif position < burst[-1].position:
                self._give(sink, [one for one in burst if one.position > position])
            if number % SLICE == 0:
                await asyncio.sleep(0)
        self._sending_s = loop.time() - began
        self._made -= len(burst)
        # What was passed over since then concerns nobody; what was made is not passed yet.
        self.passed = max(burst[-1].position, self._made_until)

    def _give(self, sink: Sink, payloads: Sequence[Payload]) -> None:
        try:
            sink.next(payloads)
        except Exception as fault:
            # One bad watcher must never end the others' stream.
            logger.exception("a watcher could not take payloads, and is let go")
            self.leave(sink)
            self._tell([sink], error_body_of(fault))

    def _fail(self, body: bytes) -> None:
        sinks, self._sinks = tuple(self._sinks), {}
        self._tell(sinks, body)

    @staticmethod
    def _tell(sinks: Sequence[Sink], body: bytes) -> None:
        for sink in sinks:
            try:
                sink.failed(body)
            except Exception:
                logger.exception("a watcher could not be told that its operation ended")
