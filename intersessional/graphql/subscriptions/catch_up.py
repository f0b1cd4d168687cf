"""Past payloads for subscribers that are behind the replay buffer."""

import asyncio
from bisect import bisect_right, insort
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter

from cachetools import LRUCache

from intersessional.concurrency.background_service import TaskOwner
from intersessional.concurrency.turns import Turns
from intersessional.graphql.request.charge import NOBODY, Payer
from intersessional.graphql.subscriptions.catch_up_page import CatchUpPage, execute_page
from intersessional.graphql.subscriptions.payload import Payload
from intersessional.graphql.subscriptions.subscription_execution import SubscriptionExecution
from intersessional.projections.kernel.feed import Feed

POSITIONS_MAX = 20_000
"""Positions in a page: in most of them nothing happened to what is watched."""
BYTES_MAX = 16 * 1024 * 1024
"""The memory that the cached pages of all subscriptions take."""
EXECUTIONS_MAX = 4
"""Pages that are executed at the same time: live subscribers must not be delayed."""

_begin = attrgetter("begin")
_position = attrgetter("position")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class _PendingPage:
    """A page that is being executed, or was."""

    key: Hashable
    begin: int
    planned_end: int
    page: asyncio.Future[CatchUpPage]
    task: asyncio.Task[None]

    @property
    def is_ready(self) -> bool:
        return self.page.done() and not self.page.cancelled() and self.page.exception() is None

    @property
    def end(self) -> int:
        """A page that has become too large ends before its planned end."""
        return self.page.result().end if self.is_ready else self.planned_end


class _PageDropped(Exception):
    """The events of a page were lost while it was executed."""


class CatchUp(TaskOwner):
    """Executes subscriptions over past events, in pages that subscribers share.

    The latest pages are cached (least recently used).
    """

    def __init__(self, *, bytes_max: int = BYTES_MAX) -> None:
        """``bytes_max`` bounds the cached pages of all subscriptions together."""
        super().__init__()
        self._texts_closed_at = 0
        self._pages: dict[Hashable, list[_PendingPage]] = {}
        self._cache: LRUCache[_PendingPage, CatchUpPage] = LRUCache(
            bytes_max, getsizeof=lambda page: page.held_bytes
        )
        self._executing: set[asyncio.Task[None]] = set()
        self._turns = Turns(EXECUTIONS_MAX)

    @property
    def held_bytes(self) -> int:
        """The memory that the cached pages take."""
        return int(self._cache.currsize)

    def has(self, key: Hashable, after: int) -> bool:
        """Whether the page after a position is there, or is being executed."""
        return self._find(key, after) is not None

    async def read(
        self,
        key: Hashable,
        execution: SubscriptionExecution,
        after: int,
        until: int,
        feed: Feed,
        owner: Hashable = None,
        payer: Payer = NOBODY,
    ) -> tuple[Sequence[Payload], int]:
        """Return the payloads after a position in its page, and the position where that ends.

        ``key`` identifies the subscription; ``owner`` takes turns with others, and ``payer`` pays
        for a page that nobody else has begun. No page is shared that was begun before the feed
        read an event that may have closed a text. Nothing is read when the pages are dropped
        meanwhile. Raises what its execution raises.
        """
        while True:
            if self._texts_closed_at != feed.texts_closed_at:
                self._texts_closed_at = feed.texts_closed_at
                self._pages.clear()
                self._cache.clear()
            pending = self._find(key, after) or self._start(
                key, execution, after, until, owner, payer
            )
            try:
                page = await asyncio.shield(pending.page)
            except _PageDropped:
                return (), after
            # It may have become too large before this position.
            if after < page.end:
                return page.payloads[bisect_right(page.payloads, after, key=_position) :], page.end

    def forget(self, key: Hashable) -> None:
        """Drop the pages of a subscription that has ended."""
        for pending in self._pages.pop(key, ()):
            pending.task.cancel()
            self._cache.pop(pending, None)

    def drop(self) -> None:
        """Drop all pages: events that they are of are lost."""
        dropped = [page for pages in self._pages.values() for page in pages]
        self._pages.clear()
        self._cache.clear()
        for pending in dropped:
            if not pending.page.done():
                pending.page.set_exception(_PageDropped())
                # Perhaps nobody waits for it any more.
                pending.page.exception()
            pending.task.cancel()

    def stop(self) -> None:
        """Drop all pages and cancel their executions."""
        for key in tuple(self._pages):
            self.forget(key)
        for task in tuple(self._executing):
            task.cancel()

    def _find(self, key: Hashable, after: int) -> _PendingPage | None:
        pages = self._pages.get(key, [])
        index = bisect_right(pages, after, key=_begin)
        if not index or after >= pages[index - 1].end:
            return None
        pending = pages[index - 1]
        # Marks it as recently used.
        self._cache.get(pending)
        return pending

    def _start(
        self,
        key: Hashable,
        execution: SubscriptionExecution,
        after: int,
        until: int,
        owner: Hashable,
        payer: Payer,
    ) -> _PendingPage:
        pages = self._pages.setdefault(key, [])
        index = bisect_right(pages, after, key=_begin)
        following = (pending.begin for pending in pages[index : index + 1])
        end = min(after + POSITIONS_MAX, until, *following)
        page: asyncio.Future[CatchUpPage] = asyncio.get_running_loop().create_future()
        task = self.spawn(
            self._execute(page, execution, after, end, owner, payer), name="catch-up page"
        )
        self._executing.add(task)
        task.add_done_callback(self._executing.discard)
        pending = _PendingPage(key=key, begin=after, planned_end=end, page=page, task=task)
        page.add_done_callback(partial(self._settle, pending))
        task.add_done_callback(lambda _: page.cancel())
        insort(pages, pending, key=_begin)
        return pending

    async def _execute(
        self,
        page: asyncio.Future[CatchUpPage],
        execution: SubscriptionExecution,
        begin: int,
        end: int,
        owner: Hashable,
        payer: Payer,
    ) -> None:
        try:
            async with self._turns.turn(owner):
                made = await execute_page(execution, begin, end)
                payer.charge_done(execution.cost * len(made.payloads))
                page.set_result(made)
        except Exception as error:  # noqa: BLE001  Raised where the page is awaited.
            page.set_exception(error)

    def _settle(self, pending: _PendingPage, page: asyncio.Future[CatchUpPage]) -> None:
        """Cache a page that was executed; drop one that failed."""
        if page.cancelled():
            return
        failed = page.exception() is not None
        if pending not in self._pages.get(pending.key, ()):
            return
        if failed or page.result().held_bytes > self._cache.maxsize:
            self._drop(pending)
            return
        while self._cache.currsize + page.result().held_bytes > self._cache.maxsize:
            evicted, _ = self._cache.popitem()
            self._drop(evicted)
        self._cache[pending] = page.result()

    def _drop(self, pending: _PendingPage) -> None:
        pages = self._pages[pending.key]
        pages.remove(pending)
        if not pages:
            del self._pages[pending.key]
