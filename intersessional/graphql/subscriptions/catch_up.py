"""What happened before anything that a group still keeps, for all who come back from there."""

import asyncio
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Hashable, Sequence
from operator import attrgetter
from types import TracebackType
from typing import Self

from intersessional.concurrency.tasks import Tasks
from intersessional.graphql.subscriptions.catch_up_page import CatchUpPage
from intersessional.graphql.subscriptions.payload import Payload
from intersessional.graphql.subscriptions.subscription_execution import SubscriptionExecution

STRETCH = 500
"""How many positions a page goes over at most."""
BYTES_MAX = 64 * 1024 * 1024
TURNS = 4
"""How many pages are made at the same time: whoever is live is not held up by the past."""

_begin = attrgetter("begin")
_position = attrgetter("position")


class CatchUp:
    """Makes pages of what is watched over the record as it was, and keeps the latest of them.

    Who asks for the same stretch at the same time, or soon after, gets what was made once.
    """

    def __init__(self, *, bytes_max: int = BYTES_MAX) -> None:
        """``bytes_max`` bounds what is kept, of everything that is watched together."""
        self._bytes_max = bytes_max
        self._bytes = 0
        self._pages: dict[Hashable, list[CatchUpPage]] = {}
        self._made: OrderedDict[CatchUpPage, None] = OrderedDict()
        self._turns = asyncio.Semaphore(TURNS)
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
        for of in tuple(self._pages):
            self.forget(of)
        await self._tasks.__aexit__(kind, error, trace)

    async def read(
        self, of: Hashable, watched: SubscriptionExecution, after: int, until: int
    ) -> tuple[Sequence[Payload], int]:
        """Payloads after a position as far as one page goes, and the position where it ends.

        ``of`` names what is watched. Raises what its execution raises.
        """
        while True:
            page = self._find(of, after) or self._begin(of, watched, after, until)
            payloads = await asyncio.shield(page.payloads)
            # It may have come to its end before this position.
            if after < page.end:
                return payloads[bisect_right(payloads, after, key=_position) :], page.end

    def forget(self, of: Hashable) -> None:
        """Keep nothing more of what nobody watches."""
        for page in self._pages.pop(of, ()):
            page.task.cancel()
            self._drop(page)

    def _find(self, of: Hashable, after: int) -> CatchUpPage | None:
        pages = self._pages.get(of, [])
        place = bisect_right(pages, after, key=_begin)
        if not place or after >= pages[place - 1].end:
            return None
        page = pages[place - 1]
        if page in self._made:
            self._made.move_to_end(page)
        return page

    def _begin(
        self, of: Hashable, watched: SubscriptionExecution, after: int, until: int
    ) -> CatchUpPage:
        pages = self._pages.setdefault(of, [])
        place = bisect_right(pages, after, key=_begin)
        following = (page.begin for page in pages[place : place + 1])
        page = CatchUpPage(of, after, min(after + STRETCH, until, *following))
        pages.insert(place, page)
        page.task = self._tasks.create_task(self._make(page, watched), name="a page of the past")
        page.task.add_done_callback(lambda _: page.payloads.cancel())
        return page

    async def _make(self, page: CatchUpPage, watched: SubscriptionExecution) -> None:
        try:
            async with self._turns:
                await page.make(watched)
        except Exception as error:  # noqa: BLE001  Who waits for it is told.
            self._remove(page)
            page.payloads.set_exception(error)
            return
        self._made[page] = None
        self._bytes += page.bytes
        while self._bytes > self._bytes_max:
            self._remove(next(iter(self._made)))

    def _remove(self, page: CatchUpPage) -> None:
        pages = self._pages[page.of]
        pages.remove(page)
        if not pages:
            del self._pages[page.of]
        self._drop(page)

    def _drop(self, page: CatchUpPage) -> None:
        if page in self._made:
            del self._made[page]
            self._bytes -= page.bytes
