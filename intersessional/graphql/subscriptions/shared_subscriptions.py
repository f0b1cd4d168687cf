"""The shared subscriptions of a node: equal operations join one execution."""

import asyncio
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import partial
from types import TracebackType
from typing import Self

from intersessional.concurrency.background_service import TaskOwner
from intersessional.graphql.execution.requests import RequestError
from intersessional.graphql.request.context import BadRequest, record_changed
from intersessional.graphql.subscriptions.catch_up import BYTES_MAX as PAGES_BYTES_MAX
from intersessional.graphql.subscriptions.catch_up import CatchUp
from intersessional.graphql.subscriptions.membership import Membership
from intersessional.graphql.subscriptions.replay_buffer import (
    NODE_BYTES_MAX as REPLAY_BYTES_MAX,
)
from intersessional.graphql.subscriptions.replay_buffer import ReplayBuffer, ReplayBuffers
from intersessional.graphql.subscriptions.shared_subscription import (
    SharedSubscription,
    SubscriptionEnded,
)
from intersessional.graphql.subscriptions.sink import Sink
from intersessional.graphql.subscriptions.subscription_execution import SubscriptionExecution
from intersessional.projections.kernel.reader import Feed

LINGER_S = 60.0
"""How long a subscription without sinks goes on, for clients that reconnect."""


@dataclass(slots=True, kw_only=True)
class _Running:
    subscription: SharedSubscription
    task: asyncio.Task[None]
    replay: ReplayBuffer
    linger_s: float
    end_timer: asyncio.TimerHandle | None = None


class SharedSubscriptions(TaskOwner):
    """Starts a subscription for its first sink, and ends it some time after its last one."""

    def __init__(
        self,
        *,
        subscriptions_max: int,
        linger_s: float = LINGER_S,
        pages_bytes_max: int = PAGES_BYTES_MAX,
        replay_bytes_max: int = REPLAY_BYTES_MAX,
    ) -> None:
        """``subscriptions_max`` bounds how many run; ``linger_s`` is the time without sinks.

        ``pages_bytes_max`` bounds the memory of the pages of the past, ``replay_bytes_max`` that
        of the latest payloads, each for all subscriptions together.
        """
        super().__init__()
        self._subscriptions_max = subscriptions_max
        self._linger_s = linger_s
        self._running: dict[Hashable, _Running] = {}
        self._catch_up = CatchUp(bytes_max=pages_bytes_max)
        self._replay = ReplayBuffers(bytes_max=replay_bytes_max)

    async def __aenter__(self) -> Self:
        await self._catch_up.__aenter__()
        return await super().__aenter__()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await super().__aexit__(kind, error, trace)
        await self._catch_up.__aexit__(kind, error, trace)

    def stop(self) -> None:
        """Cancel all subscriptions."""
        for running in self._running.values():
            running.task.cancel()

    def __len__(self) -> int:
        """The number of running subscriptions."""
        return len(self._running)

    @property
    def watchers(self) -> int:
        """The number of sinks of all subscriptions."""
        return sum(len(running.subscription) for running in tuple(self._running.values()))

    @property
    def held_bytes(self) -> int:
        """The memory that payloads take, of the past and the latest ones."""
        return self._catch_up.held_bytes + self._replay.held_bytes

    async def join(
        self,
        key: Hashable | None,
        execution: Callable[[], SubscriptionExecution],
        sink: Sink,
        after: int,
        feed: Feed,
    ) -> Membership:
        """Let a sink join the subscription ``key`` after a position; start it if it is new.

        Without a key it is not shared. A new one begins at the position of the feed. Raises
        BadRequest where too many run, and for a position that is lost meanwhile; and what the
        execution raises.
        """
        name, linger_s = (object(), 0.0) if key is None else (key, self._linger_s)
        epochs = feed.epochs
        while True:
            running = self._running.get(name)
            if running is None or running.subscription.ended:
                running = self._start(name, execution(), feed, linger_s)
            try:
                await running.subscription.join(sink, after)
            except SubscriptionEnded as ended:
                after, shared = ended.position, feed.epochs.shared_with(epochs)
                if after > shared:
                    raise record_changed(feed, shared) from None
                epochs = feed.epochs
            else:
                return Membership(running.subscription, partial(self._leave, name, running, sink))
            finally:
                self._schedule_end(name, running)

    def end_all(self, feed: Feed, shared: int) -> None:
        """End all subscriptions: what the record held after a position is lost.

        Their sinks get RECORD_CHANGED. Those that still join go on, unless they are past it.
        """
        self._catch_up.drop()

        def errors(sent: int) -> bytes:
            return RequestError(record_changed(feed, min(sent, shared))).body

        for running in tuple(self._running.values()):
            running.task.cancel()
            running.subscription.end(errors)

    def _start(
        self,
        name: Hashable,
        execution: SubscriptionExecution,
        feed: Feed,
        linger_s: float,
    ) -> _Running:
        if name not in self._running and len(self._running) >= self._subscriptions_max:
            self._end_one_without_sinks()
        replay = self._replay.add(feed.position)
        subscription = SharedSubscription(execution, feed, catch_up=self._catch_up, replay=replay)
        task = self.spawn(subscription.run(), name="shared subscription")
        running = _Running(subscription=subscription, task=task, replay=replay, linger_s=linger_s)
        self._running[name] = running
        task.add_done_callback(lambda _: self._schedule_end(name, running))
        return running

    def _end_one_without_sinks(self) -> None:
        for name, running in self._running.items():
            if not len(running.subscription):
                self._end(name, running)
                return
        raise BadRequest("TOO_BUSY", "This server runs as many subscriptions as it allows.")

    def _leave(self, name: Hashable, running: _Running, sink: Sink) -> None:
        running.subscription.leave(sink)
        self._schedule_end(name, running)

    def _schedule_end(self, name: Hashable, running: _Running) -> None:
        """End a subscription without sinks: after its linger time, or now if it has failed."""
        if running.end_timer is not None:
            running.end_timer.cancel()
        if not len(running.subscription):
            delay_s = 0.0 if running.subscription.ended else running.linger_s
            loop = asyncio.get_running_loop()
            running.end_timer = loop.call_later(delay_s, self._end, name, running)

    def _end(self, name: Hashable, running: _Running) -> None:
        if len(running.subscription):
            return
        running.task.cancel()
        self._catch_up.forget(running.subscription)
        self._replay.remove(running.replay)
        if self._running.get(name) is running:
            del self._running[name]
