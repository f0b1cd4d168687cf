"""The groups of a node: who asks for what is watched already joins its watchers."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Hashable
from types import TracebackType
from typing import Self

from intersessional.infra.live.alone import watch_alone
from intersessional.infra.live.group import Ended, Group
from intersessional.infra.live.ring import PAYLOADS_MAX
from intersessional.infra.live.sink import Sink
from intersessional.infra.live.watched import Watched
from intersessional.infra.tasks import Tasks

GROUPS_MAX = 512
LINGER_S = 60.0
"""How long a group that nobody watches goes on, for those who come back."""


class Groups:
    """Starts a group for each thing that is watched, and ends it when nobody comes back."""

    def __init__(self, *, groups_max: int = GROUPS_MAX, linger_s: float = LINGER_S) -> None:
        """``groups_max`` bounds how many run at once, ``linger_s`` how long without watchers."""
        self._groups_max = groups_max
        self._linger_s = linger_s
        self._running: OrderedDict[Hashable, tuple[Group, asyncio.Task[None]]] = OrderedDict()
        self._tasks = Tasks()

    async def __aenter__(self) -> Self:
        await self._tasks.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for _, task in self._running.values():
            task.cancel()
        await self._tasks.__aexit__(kind, error, trace)

    def __len__(self) -> int:
        """How many groups run."""
        return len(self._running)

    async def join(
        self, key: Hashable, watched: Callable[[], Watched], sink: Sink, after: int, head: int
    ) -> Callable[[], None] | None:
        """Let a sink watch what ``key`` names, after a position; answers how to leave.

        None when too many different things are watched already: then run it alone. Raises
        RequestRefused.
        """
        while True:
            group = self._group(key, watched, after, head)
            if group is None:
                return None
            try:
                await group.join(sink, after)
            except Ended:
                continue
            finally:
                self._drop_later(key, group)
            return lambda: self._leave(key, group, sink)

    def alone(self, watched: Watched, sink: Sink, after: int) -> Callable[[], None]:
        """Let a sink watch what nobody shares, after a position; answers how to leave."""
        task = self._tasks.create_task(watch_alone(watched, sink, after), name="watched alone")

        def leave() -> None:
            task.cancel()

        return leave

    def _group(
        self, key: Hashable, watched: Callable[[], Watched], after: int, head: int
    ) -> Group | None:
        if key in self._running and not self._running[key][0].ended:
            self._running.move_to_end(key)
            return self._running[key][0]
        if len(self._running) >= self._groups_max and not self._make_room():
            return None
        # It begins where the first watcher left off, so that those who come back with it, after a
        # restart say, find what they missed in the ring.
        group = Group(watched(), min(max(after, head - PAYLOADS_MAX), head))
        self._running[key] = group, self._tasks.create_task(group.run(), name="a live group")
        return group

    def _make_room(self) -> bool:
        for key, (group, _) in self._running.items():
            if not len(group):
                self._drop(key, group)
                return True
        return False

    def _leave(self, key: Hashable, group: Group, sink: Sink) -> None:
        group.leave(sink)
        self._drop_later(key, group)

    def _drop_later(self, key: Hashable, group: Group) -> None:
        if not len(group):
            loop = asyncio.get_running_loop()
            loop.call_later(self._linger_s, self._drop, key, group)

    def _drop(self, key: Hashable, group: Group) -> None:
        found = self._running.get(key)
        if found is not None and found[0] is group and not len(group):
            del self._running[key]
            found[1].cancel()
