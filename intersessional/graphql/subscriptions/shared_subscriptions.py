"""The groups of a node: who asks for what is watched already joins its watchers."""

import asyncio
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import partial
from types import TracebackType
from typing import Self

from intersessional.concurrency.tasks import Tasks
from intersessional.graphql.request.context import BadRequest
from intersessional.graphql.subscriptions.catch_up import CatchUp
from intersessional.graphql.subscriptions.membership import Membership
from intersessional.graphql.subscriptions.shared_subscription import (
    SharedSubscription,
    SubscriptionEnded,
)
from intersessional.graphql.subscriptions.sink import Sink
from intersessional.graphql.subscriptions.subscription_execution import SubscriptionExecution

LINGER_S = 60.0
"""How long a group that nobody watches goes on, for those who come back."""


@dataclass(slots=True, kw_only=True)
class _Running:
    group: SharedSubscription
    task: asyncio.Task[None]
    linger_s: float
    ending: asyncio.TimerHandle | None = None


class SharedSubscriptions:
    """Starts a group for each thing that is watched, and ends it when nobody comes back."""

    def __init__(self, *, groups_max: int, linger_s: float = LINGER_S) -> None:
        """``groups_max`` bounds how many run at once, ``linger_s`` how long without watchers."""
        self._groups_max = groups_max
        self._linger_s = linger_s
        self._running: dict[Hashable, _Running] = {}
        self._past = CatchUp()
        self._tasks = Tasks()

    async def __aenter__(self) -> Self:
        await self._past.__aenter__()
        await self._tasks.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for running in self._running.values():
            running.task.cancel()
        await self._tasks.__aexit__(kind, error, trace)
        await self._past.__aexit__(kind, error, trace)

    def __len__(self) -> int:
        """How many groups run."""
        return len(self._running)

    async def join(
        self,
        key: Hashable | None,
        watched: Callable[[], SubscriptionExecution],
        sink: Sink,
        after: int,
        head: Callable[[], int],
    ) -> Membership:
        """Let a sink watch what ``key`` names after a position, with everyone who does already.

        Without a key nobody ever joins it. A new group begins at the ``head``. Raises
        BadRequest when too many different things are watched, and what the execution raises.
        """
        name, linger_s = (object(), 0.0) if key is None else (key, self._linger_s)
        while True:
            running = self._running.get(name)
            if running is None or running.group.ended:
                running = self._start(name, watched(), head, linger_s)
            try:
                await running.group.join(sink, after)
            except SubscriptionEnded as ended:
                after = ended.position
            else:
                return Membership(running.group, partial(self._leave, name, running, sink))
            finally:
                self._settle(name, running)

    def _start(
        self,
        name: Hashable,
        watched: SubscriptionExecution,
        head: Callable[[], int],
        linger_s: float,
    ) -> _Running:
        if name not in self._running and len(self._running) >= self._groups_max:
            self._make_room()
        group = SharedSubscription(watched, head, self._past)
        task = self._tasks.create_task(group.run(), name="a live group")
        running = _Running(group=group, task=task, linger_s=linger_s)
        self._running[name] = running
        task.add_done_callback(lambda _: self._settle(name, running))
        return running

    def _make_room(self) -> None:
        for name, running in self._running.items():
            if not len(running.group):
                self._end(name, running)
                return
        raise BadRequest("TOO_BUSY", "This server watches as many different things as it can.")

    def _leave(self, name: Hashable, running: _Running, sink: Sink) -> None:
        running.group.leave(sink)
        self._settle(name, running)

    def _settle(self, name: Hashable, running: _Running) -> None:
        """Let a group end that nobody watches: now, or when nobody has come back."""
        if running.ending is not None:
            running.ending.cancel()
        if not len(running.group):
            seconds = 0.0 if running.group.ended else running.linger_s
            loop = asyncio.get_running_loop()
            running.ending = loop.call_later(seconds, self._end, name, running)

    def _end(self, name: Hashable, running: _Running) -> None:
        if len(running.group):
            return
        running.task.cancel()
        self._past.forget(running.group)
        if self._running.get(name) is running:
            del self._running[name]
