"""Everyone who watches the same: one execution and one encoding an event, for all of them."""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import aclosing

import orjson
from graphql import GraphQLError

from intersessional.infra.live.payload import Payload
from intersessional.infra.live.ring import Ring
from intersessional.infra.live.sink import Sink
from intersessional.infra.live.watched import Watched
from intersessional.infra.web.operation import fault_body
from intersessional.infra.web.requests import RequestRefused

logger = logging.getLogger(__name__)

SLICE = 500
"""How many watchers are written to before others get a turn."""
CHUNK = 64
"""How many payloads a watcher who catches up is handed at once."""

FAULT = orjson.dumps(
    [{"message": "Something went wrong on the server.", "extensions": {"code": "INTERNAL"}}]
)


class Group:
    """The watchers of one operation. What they are sent is kept for those who come back."""

    def __init__(self, watched: Watched, floor: int) -> None:
        """Go on after ``floor`` once it runs."""
        self.watched = watched
        self.ring = Ring(floor)
        self.ended = False
        """Whether it runs no more: who comes now needs another one."""
        self._sinks: dict[Sink, int] = {}

    def __len__(self) -> int:
        """How many watch."""
        return len(self._sinks)

    async def run(self) -> None:
        """Execute for all watchers until cancelled; a fault is told to them, and ends it."""
        try:
            async with aclosing(self.watched.payloads(self.ring.floor)) as payloads:
                async for payload in payloads:
                    self.ring.append(payload)
                    await self._deliver(payload)
        except RequestRefused as refused:
            self._fail(refused.body)
        except GraphQLError as error:
            self._fail(RequestRefused(error).body)
        except Exception as fault:
            # Everyone else on this node goes on; these watchers are told.
            logger.exception("a group of %d watchers ends", len(self._sinks))
            self._fail(fault_body(fault))
        finally:
            self.ended = True

    async def join(self, sink: Sink, after: int) -> None:
        """Let a watcher have everything after a position: what was missed first, then live."""
        position = after
        while not self.ended:
            if position < self.ring.floor:
                position = await self._catch_up(sink, position, self.ring.floor)
                continue
            missed = self.ring.after(position, CHUNK)
            for payload in missed:
                sink.next(payload)
            if len(missed) < CHUNK:
                # Nothing is awaited between the look at the ring and this: nothing can be missed.
                self._sinks[sink] = missed[-1].position if missed else position
                return
            position = missed[-1].position
            await sink.room()
        raise Ended

    def leave(self, sink: Sink) -> None:
        """Forget a watcher."""
        self._sinks.pop(sink, None)

    async def _catch_up(self, sink: Sink, after: int, until: int) -> int:
        async with aclosing(self.watched.payloads(after, until)) as payloads:
            async for payload in payloads:
                sink.next(payload)
                await sink.room()
        return until

    async def _deliver(self, payload: Payload) -> None:
        for number, sink in enumerate(tuple(self._sinks), 1):
            # Who joined while this went on has it from the ring; who was ahead has it already.
            if self._sinks.get(sink, payload.position) < payload.position:
                self._give(sink, payload)
            if number % SLICE == 0:
                await asyncio.sleep(0)

    def _give(self, sink: Sink, payload: Payload) -> None:
        try:
            sink.next(payload)
        except Exception:
            # One bad watcher must never end the others' stream.
            logger.exception("a watcher could not take a payload, and is let go")
            self.leave(sink)
            self._tell([sink], FAULT)

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


class Ended(Exception):
    """The group ended while someone joined it: begin anew with another."""
