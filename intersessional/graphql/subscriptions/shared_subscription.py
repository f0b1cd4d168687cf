"""One execution of a subscription for all its subscribers."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Hashable, Sequence
from contextlib import aclosing, nullcontext
from typing import ClassVar

from graphql import GraphQLError

from intersessional.graphql.execution.errors import error_body_of
from intersessional.graphql.execution.public_errors import log_and_mask
from intersessional.graphql.execution.requests import RequestError
from intersessional.graphql.request.charge import NOBODY, Payer
from intersessional.graphql.request.context import Turn
from intersessional.graphql.subscriptions.catch_up import CatchUp
from intersessional.graphql.subscriptions.coalescing import coalesce
from intersessional.graphql.subscriptions.payload import Payload, first_chunk
from intersessional.graphql.subscriptions.replay_buffer import ReplayBuffer
from intersessional.graphql.subscriptions.sink import Sink
from intersessional.graphql.subscriptions.subscription_execution import SubscriptionExecution
from intersessional.projections.kernel.feed import Feed

logger = logging.getLogger(__name__)

SINKS_PER_TURN = 500
"""Sinks that are sent to before other tasks get a turn."""
EXECUTIONS_MAX = 5
"""How often a payload is executed while texts are closed again and again."""
CHUNK_PAYLOADS = 64
CHUNK_BYTES = 64 * 1024
"""The size of what a sink that catches up is sent at once."""


class SubscriptionEnded(Exception):
    """The shared subscription ended while a sink joined, which has everything up to a position."""

    def __init__(self, position: int) -> None:
        super().__init__(f"the subscription ended for a sink at {position}")
        self.position = position


class SharedSubscription:
    """Executes one subscription, and sends its payloads to all sinks that have joined."""

    delivered: ClassVar[int] = 0
    """The payloads that were sent live to sinks, of all subscriptions of the process."""

    def __init__(
        self,
        execution: SubscriptionExecution,
        feed: Feed,
        *,
        catch_up: CatchUp,
        replay: ReplayBuffer,
        turn: Turn = nullcontext,
    ) -> None:
        """``run`` begins after the floor of ``replay``; ``catch_up`` reads what was before.

        Each event is executed in a ``turn`` of its own.
        """
        self.position = replay.floor
        """Every payload up to this position was sent to all sinks."""
        self.ended = False
        """Whether ``run`` has ended: a new sink needs a new subscription."""
        self._execution = execution
        self._feed = feed
        self._turn = turn
        self._catch_up = catch_up
        self._replay = replay
        self._texts_closed_at = feed.texts_closed_at
        self._unsent = 0
        """The number of payloads that were made and not sent yet."""
        self._executed_position = self.position
        self._sending_s = 0.0
        """How long the last batch took to send: the next one may grow for as long."""
        self._sinks: dict[Sink, int] = {}
        self._joining = 0

    def __len__(self) -> int:
        """The number of sinks, with those that are joining."""
        return len(self._sinks) + self._joining

    async def run(self) -> None:
        """Execute until cancelled; an error is sent to all sinks and ends the subscription."""
        try:
            batches = coalesce(self._payloads(), hold_s=lambda: self._sending_s, more=self._more)
            async with aclosing(batches):
                async for batch in batches:
                    await self._send_batch(batch)
                    # Nothing of it is held until the next event.
                    del batch
        except (RequestError, GraphQLError) as error:
            self._fail_all(RequestError.from_error(error).body)
        except Exception as error:  # noqa: BLE001  It is logged.
            # The other subscriptions of the node go on.
            log_and_mask(logger, f"a subscription with {len(self)} sinks failed", error)
            self._fail_all(error_body_of(error))
        finally:
            self.ended = True

    async def _send_batch(self, batch: Sequence[Payload]) -> None:
        for part in self._parts(batch):
            fresh = await self._with_open_texts(part)
            self._keep(fresh)
            await self._deliver(fresh)
        self._unsent -= len(batch)
        # Positions without a payload count as sent, unless unsent ones precede them.
        self.position = max(batch[-1].position, self._executed_position)

    async def join(
        self, sink: Sink, after: int, owner: Hashable = None, payer: Payer = NOBODY
    ) -> None:
        """Send a sink everything after a position: the past first, then live payloads.

        ``owner`` takes turns with others who read the past, and reads it as fast as ``payer`` pays.
        Returns when the sink is live. Raises SubscriptionEnded, and what the execution of past
        events raises.
        """
        position = after
        self._joining += 1
        try:
            while not self.ended:
                self._forget_closed_texts()
                if position < self._replay.floor:
                    if not self._catch_up.has(self, position):
                        await payer.until_paid()
                        if self.ended:
                            break
                    missed, end = await self._catch_up.read(
                        self,
                        self._execution,
                        position,
                        self._replay.floor,
                        self._feed,
                        owner,
                        payer,
                    )
                elif missed := self._replay.payloads_after(position, CHUNK_PAYLOADS):
                    end = missed[-1].position
                else:
                    # Nothing is awaited between reading the buffer and adding the sink, so no
                    # payload can be missed.
                    self._sinks[sink] = position
                    return
                position = _send_first(sink, missed, end)
                # A sink that reads slowly holds no page meanwhile.
                missed = ()
                await sink.drain()
        finally:
            self._joining -= 1
        raise SubscriptionEnded(position)

    def end(self, errors: Callable[[int], bytes]) -> None:
        """Send all sinks the errors, given the last position that they have, and end."""
        self.ended = True
        self._fail_all(errors(self.position))

    def leave(self, sink: Sink) -> None:
        """Remove a sink."""
        self._sinks.pop(sink, None)

    async def _payloads(self) -> AsyncGenerator[Payload]:
        async with aclosing(
            self._execution.payloads(self.position, on_progress=self._advance, turn=self._turn)
        ) as payloads:
            async for payload in payloads:
                self._unsent += 1
                yield payload
                del payload

    def _advance(self, position: int) -> None:
        self._executed_position = position
        if not self._unsent:
            self.position = position

    def _more(self, position: int) -> bool:
        """Whether the log has events after this position that were not executed yet."""
        return self._feed.position > max(position, self._executed_position)

    def _parts(self, batch: Sequence[Payload]) -> Sequence[Sequence[Payload]]:
        """The batch, or single payloads where one may hold a text that was closed since."""
        stale = any(one.texts_closed_at != self._feed.texts_closed_at for one in batch)
        return [[one] for one in batch] if stale else [batch]

    async def _with_open_texts(self, batch: Sequence[Payload]) -> Sequence[Payload]:
        """The batch; a single payload is executed again while texts are closed meanwhile."""
        for _ in range(EXECUTIONS_MAX):
            if not batch or batch[-1].texts_closed_at == self._feed.texts_closed_at:
                break
            end = batch[-1].position
            async with aclosing(self._execution.payloads(end - 1, end, turn=self._turn)) as again:
                batch = [payload async for payload in again]
        return batch

    def _keep(self, batch: Sequence[Payload]) -> None:
        """Put payloads into the replay buffer, unless they may hold a text that was closed."""
        self._forget_closed_texts()
        for payload in batch:
            if payload.texts_closed_at == self._texts_closed_at:
                self._replay.append(payload)
            else:
                self._replay.clear(payload.position)

    def _forget_closed_texts(self) -> None:
        """Empty the replay buffer when a text may have been closed; the past is executed again."""
        if self._texts_closed_at != self._feed.texts_closed_at:
            self._texts_closed_at = self._feed.texts_closed_at
            self._replay.clear(self._replay.last)

    async def _deliver(self, batch: Sequence[Payload]) -> None:
        if not batch:
            return
        loop = asyncio.get_running_loop()
        started_at = loop.time()
        for number, sink in enumerate(tuple(self._sinks), 1):
            # A sink that joined meanwhile read the replay buffer; one that was ahead of this node
            # has some of these payloads already.
            position = self._sinks.get(sink, batch[-1].position)
            if position < batch[0].position:
                self._send(sink, batch)
            elif position < batch[-1].position:
                self._send(sink, [payload for payload in batch if payload.position > position])
            if number % SINKS_PER_TURN == 0:
                await asyncio.sleep(0)
        SharedSubscription.delivered += len(batch) * len(self._sinks)
        self._sending_s = loop.time() - started_at

    def _send(self, sink: Sink, payloads: Sequence[Payload]) -> None:
        try:
            sink.send(payloads)
        except Exception as error:
            # The other sinks go on.
            logger.exception("a sink could not take payloads, and is removed")
            self.leave(sink)
            self._fail([sink], error_body_of(error))

    def _fail_all(self, body: bytes) -> None:
        sinks, self._sinks = tuple(self._sinks), {}
        self._fail(sinks, body)

    @staticmethod
    def _fail(sinks: Sequence[Sink], body: bytes) -> None:
        for sink in sinks:
            try:
                sink.fail(body)
            except Exception:
                # The other sinks get theirs.
                logger.exception("a sink could not take the errors that end its subscription")


def _send_first(sink: Sink, missed: Sequence[Payload], end: int) -> int:
    """Send the first of the payloads up to a position; the position that was reached."""
    chunk = first_chunk(missed, CHUNK_BYTES)
    if chunk:
        sink.send(chunk)
    return end if len(chunk) == len(missed) else chunk[-1].position
