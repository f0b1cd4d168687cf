"""The background task: what the clock brings about is recorded when it has passed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import datetime
from typing import TypeVar
from uuid import UUID, uuid5

from intersessional.domain.kernel.caller import OPERATOR
from intersessional.domain.kernel.refusals import StaleVersion
from intersessional.plugins.comment_window.commands import DeriveWindows, TurnWindow
from intersessional.plugins.comment_window.comment_window import WindowState
from intersessional.plugins.comment_window.refusals import NothingToDerive
from intersessional.plugins.comment_window.view import COMMENT_WINDOWS, CommentWindowDocument
from intersessional.plugins.plugin import Services
from intersessional.projections.cycles import CYCLES
from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.reader import DocumentSnapshot
from intersessional.projections.kernel.view import View

D = TypeVar("D")

_PAGE = 100
_TICK_S = 0.25
"""How late an opening or a closing may be recorded. Whether a comment came in time is decided by
the clock and the window's instants, and does not wait for it.
"""


async def keep_time(services: Services) -> None:
    """Bring windows in step that the record got ahead of, then turn each when its time comes."""
    await services.reader.reached(await services.record.head())
    await _derive(services)
    position = await services.reader.position()
    turning = Turning(services)
    async for cycle in _all(services, CYCLES, None, position):
        async for window in _all(services, COMMENT_WINDOWS, cycle.key, position):
            turning.put(window.key, window.document)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(turning.follow(position))
        tasks.create_task(turning.turn())


class Turning:
    """The windows that will open or close, as this node knows them."""

    def __init__(self, services: Services) -> None:
        """Begin with none."""
        self._services = services
        self._windows: dict[UUID, CommentWindowDocument] = {}

    def put(self, key: UUID, window: CommentWindowDocument) -> None:
        """Know a window as it stands now; forget one that has closed."""
        if window.state is WindowState.CLOSED:
            self._windows.pop(key, None)
        else:
            self._windows[key] = window

    async def follow(self, position: int) -> None:
        """Learn what happens to windows after a position, for ever."""
        async for recorded in self._services.feed.follow(position):
            key = COMMENT_WINDOWS.key(recorded)
            if key is not None:
                await self._services.reader.reached(recorded.position)
                moment = AsOf(recorded.position)
                found = await self._services.reader.get(COMMENT_WINDOWS, [key], moment)
                self.put(key, found[key].document)

    async def turn(self) -> None:
        """Record what the clock has passed, for ever."""
        while True:
            now = self._services.clock()
            for key, window in [*self._windows.items()]:
                if _turns_at(window) <= now:
                    await self._record(key, window)
            await asyncio.sleep(_TICK_S)

    async def _record(self, key: UUID, window: CommentWindowDocument) -> None:
        # Every node sends this, made of the same version with the same id: it is recorded once.
        command = TurnWindow(
            command_id=uuid5(key, f"turn after {window.version}"),
            window=key,
            expected_version=window.version,
        )
        # Someone was faster; what they recorded is on its way here.
        with suppress(StaleVersion):
            await self._services.command_bus.submit(command, OPERATOR)
        if self._windows.get(key) is window:
            del self._windows[key]


def _turns_at(window: CommentWindowDocument) -> datetime:
    return window.opens_at if window.state is WindowState.SCHEDULED else window.closes_at


async def _derive(services: Services) -> None:
    """Work out what was not when it happened: this plugin was not there then."""
    position = await services.reader.position()
    async for cycle in _all(services, CYCLES, None, position):
        command = DeriveWindows(
            command_id=uuid5(cycle.key, f"windows at {position}"), year=cycle.document.year
        )
        # All is well: the usual case, and what a second node finds.
        with suppress(NothingToDerive):
            done = await services.command_bus.submit(command, OPERATOR)
            await services.reader.reached(done.position)


async def _all(
    services: Services, view: View[D], parent: UUID | None, position: int
) -> AsyncIterator[DocumentSnapshot[D]]:
    after, has_next = 0, True
    while has_next:
        pages = await services.reader.pages(
            view, [parent], AsOf(position), first=_PAGE, after=after
        )
        page = pages[parent]
        for found in page.items:
            yield found
            after = found.born
        has_next = page.has_next
