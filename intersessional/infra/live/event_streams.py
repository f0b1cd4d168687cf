"""The streams of events of a node: kept awake, and sent elsewhere when the node stops."""

import asyncio
import random
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from types import TracebackType
from typing import Self

from intersessional.infra.identity import SignedIn, TokenRefused
from intersessional.infra.live import events
from intersessional.infra.live.event_sink import EventSink
from intersessional.infra.live.event_stream import EventStream, Watch
from intersessional.infra.live.sessions import Sessions
from intersessional.infra.tasks import Tasks

RECONNECT_MS_MAX = 5_000
SLICE = 500


class EventStreams:
    """Knows every stream that is open."""

    def __init__(
        self,
        head: Callable[[], int],
        sessions: Sessions,
        *,
        heartbeat_s: float,
    ) -> None:
        """``head`` is the position that heartbeats tell."""
        self._head = head
        self._sessions = sessions
        self._heartbeat_s = heartbeat_s
        self._open: set[EventSink] = set()
        self._tasks = Tasks()
        self._heart: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        await self._tasks.__aenter__()
        self._heart = self._tasks.create_task(self._beat(), name="the event streams' heartbeat")
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._heart is not None:
            self._heart.cancel()
        self.drain()
        await self._tasks.__aexit__(kind, error, trace)

    def __len__(self) -> int:
        """How many are open."""
        return len(self._open)

    def open(self, watch: Watch, who: SignedIn) -> EventStream:
        """A stream of what is watched, which ends when the token of its reader does.

        Raises TooMany, and TokenRefused for whoever was signed out a moment ago.
        """
        sink = EventSink()

        def end(refused: TokenRefused) -> None:
            sink.put(events.comment(refused.code))
            sink.end()

        with ExitStack() as session:
            session.enter_context(self._sessions.opened())
            session.enter_context(self._sessions.signed_in(who, end))
            session.enter_context(self._known(sink))
            return EventStream(watch, sink, session.pop_all())

    def drain(self) -> None:
        """End every stream; each is told a moment of its own at which to come back."""
        for sink in tuple(self._open):
            sink.put(events.retry(random.randrange(RECONNECT_MS_MAX)))
            sink.end()

    @contextmanager
    def _known(self, sink: EventSink) -> Generator[None]:
        self._open.add(sink)
        try:
            yield
        finally:
            self._open.discard(sink)

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(self._heartbeat_s)
            head = self._head()
            for number, sink in enumerate(tuple(self._open), 1):
                sink.beat(head)
                if number % SLICE == 0:
                    await asyncio.sleep(0)
