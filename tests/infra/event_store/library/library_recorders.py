"""The event store behind the synchronous recorder interface of ``eventsourcing``."""

import asyncio
from collections.abc import Coroutine, Generator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread
from typing import Any, TypeVar
from uuid import UUID, uuid4

from eventsourcing.persistence import (
    AggregateRecorder,
    ApplicationRecorder,
    IntegrityError,
    ListenNotifySubscription,
    Notification,
    StoredEvent,
    Subscription,
)

from intersessional.domain.kernel.refusals import StaleVersion
from intersessional.infra.event_store.append.append_request import AppendRequest, EncodedCommand
from intersessional.infra.event_store.append.sequencer import Sequencer
from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.event_store.format.new_event import NewEvent
from intersessional.infra.event_store.tail import Tail
from tests.infra.event_store.store_location import StoreLocation

ANSWER_MAX_S = 60
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Node:
    """The parts of a node that the recorders use, and its event loop."""

    loop: asyncio.AbstractEventLoop
    log: EventLog
    sequencer: Sequencer
    tail: Tail


class OurAggregateRecorder(AggregateRecorder):
    """Waits in the caller's thread for work on the node's event loop."""

    def __init__(self, node: Node) -> None:
        self.node = node

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """The result of the work."""
        return asyncio.run_coroutine_threadsafe(work, self.node.loop).result(ANSWER_MAX_S)

    def insert_events(
        self, stored_events: Sequence[StoredEvent], **kwargs: Any
    ) -> Sequence[int] | None:
        """Append the events, each the next of its stream. Raises IntegrityError."""
        if stored_events:
            self.append(stored_events)
        return None

    def append(self, stored_events: Sequence[StoredEvent]) -> Sequence[int]:
        """Append the events and answer their positions. Raises IntegrityError."""
        events = tuple(map(_new_event, stored_events))
        command = EncodedCommand(
            command_id=uuid4(), body=b"", subject=events[0].stream, events=events
        )
        expects = {event.stream: event.version - 1 for event in reversed(events)}
        try:
            append = AppendRequest(commands=(command,), expects=expects)
            [recorded] = self.run(self.node.sequencer.append(append))
        except (StaleVersion, ValueError) as error:
            raise IntegrityError(str(error)) from error
        return range(recorded.first, recorded.last + 1)

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        """The events of a stream between two versions."""
        assert isinstance(originator_id, UUID)
        rows = self.run(self.node.log.stream(originator_id, -1 if gt is None else gt))
        found = [
            StoredEvent(row.stream, row.version, row.topic, row.state)
            for row in rows
            if lte is None or row.version <= lte
        ]
        return (found[::-1] if desc else found)[:limit]


class OurRecorder(OurAggregateRecorder, ApplicationRecorder):
    """Reads by position too."""

    def insert_events(
        self, stored_events: Sequence[StoredEvent], **kwargs: Any
    ) -> Sequence[int] | None:
        """Append the events and answer their positions. Raises IntegrityError."""
        return list(self.append(stored_events)) if stored_events else []

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """The events between two positions."""
        after = (start or 0) - (inclusive_of_start and start is not None)
        rows = self.run(self.node.log.read(after, 10_000, stop))
        rows = [row for row in rows if not topics or row.topic in topics][:limit]
        return [
            Notification(row.stream, row.version, row.topic, row.state, row.position)
            for row in rows
        ]

    def max_notification_id(self) -> int | None:
        """The last position."""
        return self.run(self.node.log.head()).position or None

    def subscribe(
        self, gt: int | None = None, topics: Sequence[str] = ()
    ) -> Subscription[ApplicationRecorder]:
        """Follow the log after a position."""
        return OurSubscription(self, gt, topics)

    def grows(self, after: int, seconds: float) -> int:
        """The last position once it is beyond ``after``, or after ``seconds``."""

        async def wait() -> int:
            try:
                async with asyncio.timeout(seconds):
                    return await self.node.tail.wait(after)
            except TimeoutError:
                return after

        return self.run(wait())


class OurSubscription(ListenNotifySubscription[OurRecorder]):
    """A subscription that our tail wakes."""

    def __init__(self, recorder: OurRecorder, gt: int | None, topics: Sequence[str]) -> None:
        super().__init__(recorder, gt, topics)
        self._watcher = Thread(target=self._watch, args=(gt or 0,))
        self._watcher.start()

    def __exit__(self, *args: object, **kwargs: Any) -> None:
        try:
            super().__exit__(*args, **kwargs)
        finally:
            self._watcher.join()

    def _watch(self, position: int) -> None:
        while not self._has_been_stopped:
            grown = self._recorder.grows(position, 0.1)
            if grown > position:
                position = grown
                self._has_been_notified.set()


@contextmanager
def our_recorder(location: StoreLocation) -> Generator[OurRecorder]:
    """A node in a thread of its own, and its recorder."""
    begun: Future[OurRecorder] = Future()
    ended = asyncio.Event()

    async def serve() -> None:
        async with (
            location.pool() as pool,
            Sequencer(location.url, schema=location.schema) as sequencer,
            Tail(location.url, schema=location.schema) as tail,
        ):
            loop = asyncio.get_running_loop()
            node = Node(loop=loop, log=EventLog(pool), sequencer=sequencer, tail=tail)
            begun.set_result(OurRecorder(node))
            await ended.wait()

    thread = Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    recorder = begun.result(ANSWER_MAX_S)
    try:
        yield recorder
    finally:
        recorder.run(_set(ended))
        thread.join(ANSWER_MAX_S)


async def _set(event: asyncio.Event) -> None:
    event.set()


def _new_event(stored: StoredEvent) -> NewEvent:
    assert isinstance(stored.originator_id, UUID)
    return NewEvent(
        stream=stored.originator_id,
        version=stored.originator_version,
        topic=stored.topic,
        state=stored.state,
    )
