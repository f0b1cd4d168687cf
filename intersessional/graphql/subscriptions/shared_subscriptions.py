"""The shared subscriptions of a node: equal operations join one execution."""

import asyncio
from collections.abc import Callable, Hashable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from functools import partial
from types import TracebackType
from typing import Self

from intersessional.concurrency.background_service import TaskOwner
from intersessional.concurrency.turns import Turns
from intersessional.graphql.execution.requests import RequestError
from intersessional.graphql.request.charge import STARTING_POINTS
from intersessional.graphql.request.context import BadRequest, record_changed
from intersessional.graphql.subscriptions.catch_up import BYTES_MAX as PAGES_BYTES_MAX
from intersessional.graphql.subscriptions.catch_up import CatchUp
from intersessional.graphql.subscriptions.replay_buffer import (
    NODE_BYTES_MAX as REPLAY_BYTES_MAX,
)
from intersessional.graphql.subscriptions.replay_buffer import ReplayBuffer, ReplayBuffers
from intersessional.graphql.subscriptions.shared_subscription import (
    SharedSubscription,
    SubscriptionEnded,
)
from intersessional.graphql.subscriptions.sink import Sink
from intersessional.graphql.subscriptions.sink_membership import SinkMembership
from intersessional.graphql.subscriptions.subscriber import Subscriber
from intersessional.graphql.subscriptions.subscription_execution import SubscriptionExecution
from intersessional.graphql.subscriptions.subscription_shares import SubscriptionShares
from intersessional.projections.kernel.feed import Feed

LINGER_S = 60.0
"""How long a subscription without sinks goes on, for clients that reconnect."""
UNCOUNTED_SHARE = 8
"""An 8th of the subscriptions that a node runs may be counted for nobody.

These have no sinks, or only those of subscribers who run as many as they may.
"""
EXECUTIONS_MAX = 4
"""Events that are executed at the same time for live sinks: queries are answered meanwhile."""

_NOBODY_HAS_ROOM = RequestError(
    BadRequest(
        "TOO_MANY_SUBSCRIPTIONS",
        "Who began this subscription has left it, and those who watch it run as many as they may.",
    )
).body


@dataclass(slots=True, kw_only=True)
class _Running:
    """A running subscription with those who are its members, and for whom it is counted."""

    subscription: SharedSubscription
    task: asyncio.Task[None]
    replay: ReplayBuffer
    linger_s: float
    counted_for: Subscriber | None
    members: dict[Sink, Subscriber] = field(default_factory=dict[Sink, Subscriber])
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
        self._uncounted: dict[Hashable, _Running] = {}
        """Those that are counted for nobody, the longest first."""
        self._uncounted_max = max(1, subscriptions_max // UNCOUNTED_SHARE)
        self._shares = SubscriptionShares(subscriptions_max)
        self._turns = Turns(EXECUTIONS_MAX)
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
        *,
        subscriber: Subscriber,
    ) -> SinkMembership:
        """Let a sink join the subscription ``key`` after a position; start it if it is new.

        Without a key it is not shared. A new one begins at the position of the feed, and is counted
        for the subscriber. Raises BadRequest where too many run, and for a position that is lost
        meanwhile; and what the execution raises.
        """
        name, linger_s = (object(), 0.0) if key is None else (key, self._linger_s)
        epochs = feed.epochs
        while True:
            running = self._running.get(name)
            if running is None or running.subscription.ended:
                running = self._start(name, execution(), feed, linger_s, subscriber)
            self._enter(name, running, sink, subscriber)
            leave = partial(self._leave, name, running, sink)
            try:
                await running.subscription.join(sink, after, subscriber.owner, subscriber.payer)
            except SubscriptionEnded as ended:
                leave()
                after, shared = ended.position, feed.epochs.shared_with(epochs)
                if after > shared:
                    raise record_changed(feed, shared) from None
                epochs = feed.epochs
            except BaseException:
                leave()
                raise
            else:
                return SinkMembership(running.subscription, leave)

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
        subscriber: Subscriber,
    ) -> _Running:
        self._shares.check(subscriber)
        subscriber.payer.charge_done(STARTING_POINTS)
        if name not in self._running and len(self._running) >= self._subscriptions_max:
            self._end_uncounted()
        replay = self._replay.add(feed.position)

        def turn() -> AbstractAsyncContextManager[None]:
            payer = running.counted_for
            return self._turns.turn(None if payer is None else payer.owner)

        subscription = SharedSubscription(
            execution, feed, catch_up=self._catch_up, replay=replay, turn=turn
        )
        task = self.spawn(subscription.run(), name="shared subscription")
        running = _Running(
            subscription=subscription,
            task=task,
            replay=replay,
            linger_s=linger_s,
            counted_for=None,
        )
        self._running[name] = running
        task.add_done_callback(lambda _: self._schedule_end(name, running))
        return running

    def _enter(self, name: Hashable, running: _Running, sink: Sink, subscriber: Subscriber) -> None:
        running.members[sink] = subscriber
        if running.counted_for is None:
            self._count(name, running)

    def _leave(self, name: Hashable, running: _Running, sink: Sink) -> None:
        running.subscription.leave(sink)
        member = running.members.pop(sink, None)
        if member is not None and running.counted_for == member:
            # It goes on for the others, or for nobody.
            self._count(name, running)
        self._schedule_end(name, running)

    def _count(self, name: Hashable, running: _Running) -> None:
        """Count a subscription for a member who has room, or for nobody."""
        self._discount(running)
        if self._running.get(name) is not running:
            return
        running.counted_for = self._shares.with_room(running.members.values())
        self._uncounted.pop(name, None)
        if running.counted_for is not None:
            self._shares.add(running.counted_for)
            return
        self._uncounted[name] = running
        if len(self._uncounted) > self._uncounted_max:
            self._end_uncounted()

    def _discount(self, running: _Running) -> None:
        if running.counted_for is not None:
            self._shares.remove(running.counted_for)
            running.counted_for = None

    def _end_uncounted(self) -> None:
        """End the one that has been counted for nobody for the longest time."""
        if not self._uncounted:
            raise BadRequest("TOO_BUSY", "This server runs as many subscriptions as it allows.")
        name, running = next(iter(self._uncounted.items()))
        running.subscription.end(lambda _: _NOBODY_HAS_ROOM)
        running.members.clear()
        self._end(name, running)

    def _schedule_end(self, name: Hashable, running: _Running) -> None:
        """End a subscription that has failed, or one without sinks after its linger time."""
        if running.end_timer is not None:
            running.end_timer.cancel()
        if running.subscription.ended or running.task.done():
            running.members.clear()
            self._discount(running)
            self._end(name, running)
        elif not running.members:
            loop = asyncio.get_running_loop()
            running.end_timer = loop.call_later(running.linger_s, self._end, name, running)

    def _end(self, name: Hashable, running: _Running) -> None:
        if running.members:
            return
        if running.end_timer is not None:
            running.end_timer.cancel()
        running.task.cancel()
        self._catch_up.forget(running.subscription)
        self._replay.remove(running.replay)
        if self._running.get(name) is running:
            del self._running[name]
            self._uncounted.pop(name, None)
