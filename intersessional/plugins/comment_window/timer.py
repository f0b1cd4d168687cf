"""Background task: records what the clock brings about for windows."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import datetime
from typing import TypeVar
from uuid import UUID, uuid4

from intersessional.concurrency.retries import Retries
from intersessional.domain.command_handling.event_store import ClockDiffers, EventStoreError
from intersessional.domain.kernel.caller import SYSTEM
from intersessional.domain.kernel.refusals import StaleVersion
from intersessional.plugins.comment_window.commands import AdvanceWindow, DeriveWindows
from intersessional.plugins.comment_window.refusals import NothingToDerive
from intersessional.plugins.comment_window.view import COMMENT_WINDOWS, CommentWindowDocument
from intersessional.plugins.plugin import Services
from intersessional.projections.cycles import CYCLES
from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.epochs import RecordChanged
from intersessional.projections.kernel.reader import DocumentSnapshot
from intersessional.projections.kernel.view import ListKey, View

D = TypeVar("D")

logger = logging.getLogger(__name__)

_DOCUMENTS_A_PAGE = 100
_RETRY_MIN_S = 1.0
_RETRY_MAX_S = 60.0
_INTERVAL_S = 0.25
"""How late an opening or a closing may be recorded. Whether a comment was made in time is decided
by the clock and the window's instants, and does not wait for it.
"""


async def run_timer(services: Services) -> None:
    """Derive windows that are missing or outdated, then open and close each at its time.

    When the record loses events, it begins again with what there is.
    """
    while True:
        try:
            await _run_timer(services)
        except* RecordChanged as changed:
            logger.warning("the windows are read again: %s", changed.exceptions[0])


async def _run_timer(services: Services) -> None:
    await services.reader.wait_until_reached(await services.record.head())
    derivation = WindowDerivation(services)
    await derivation.derive()
    position = await services.reader.position()
    timer = WindowTimer(services)
    async for cycle in _all(services, CYCLES, None, position):
        async for window in _all(services, COMMENT_WINDOWS, cycle.key, position):
            timer.put(window.key, window.document)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(timer.follow_events(position))
        tasks.create_task(timer.record_changes())
        tasks.create_task(derivation.derive_again())


def _retries(part: str) -> Retries[UUID]:
    return Retries(
        logger,
        part,
        pause_min_s=_RETRY_MIN_S,
        pause_max_s=_RETRY_MAX_S,
        temporary=(EventStoreError,),
    )


class WindowTimer:
    """The windows of this process that are not closed yet.

    A window whose change is refused is tried again later; the others go on.
    """

    def __init__(self, services: Services) -> None:
        """Begin with none."""
        self._services = services
        self._retries = _retries("the timer of windows")
        self._windows: dict[UUID, CommentWindowDocument] = {}

    def put(self, key: UUID, window: CommentWindowDocument) -> None:
        """Add or replace a window; remove one that the clock never changes again."""
        self._retries.forget(key)
        if window.settled:
            self._windows.pop(key, None)
        else:
            self._windows[key] = window

    async def follow_events(self, position: int) -> None:
        """Read every window again that an event after this position concerns; never returns."""
        async for recorded in self._services.feed.follow(position):
            keys = COMMENT_WINDOWS.keys(recorded.fact)
            if keys:
                await self._services.reader.wait_until_reached(recorded.position)
                as_of = AsOf(recorded.position)
                found = await self._services.reader.get(COMMENT_WINDOWS, keys, as_of)
                for key, snapshot in found.items():
                    self.put(key, snapshot.document)

    async def record_changes(self) -> None:
        """Send AdvanceWindow for every window whose time has come; never returns."""
        while True:
            # While the time is in doubt, nothing is due.
            with suppress(ClockDiffers):
                await self._record_due(self._services.clock())
            await asyncio.sleep(_INTERVAL_S)

    async def _record_due(self, now: datetime) -> None:
        for key, window in [*self._windows.items()]:
            if window.advances_by(now) and self._retries.is_due(key):
                await self._record(key, window)

    async def _record(self, key: UUID, window: CommentWindowDocument) -> None:
        # Every node sends this: the version lets it be recorded once. The id is random, so that
        # nobody can record another command under it before.
        command = AdvanceWindow(command_id=uuid4(), window=key, expected_version=window.version)
        try:
            await self._services.command_bus.submit(command, SYSTEM)
        except ClockDiffers:
            raise
        except StaleVersion:
            # Another command changed the window first; its event is on its way here.
            pass
        except Exception as error:  # noqa: BLE001  The others go on, whatever it is.
            self._retries.failed(key, f"advancing the window {key}", error)
            return
        if self._windows.get(key) is window:
            del self._windows[key]


class WindowDerivation:
    """Derives windows from events that were recorded while this plugin was not installed."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._retries = _retries("the derivation of windows")
        self._failed: dict[UUID, int] = {}
        """The years of the cycles whose windows could not be derived."""

    async def derive(self) -> None:
        """Derive the windows of each cycle."""
        position = await self._services.reader.position()
        async for cycle in _all(self._services, CYCLES, None, position):
            await self._derive(cycle.key, cycle.document.year)

    async def derive_again(self) -> None:
        """Derive those that failed; returns when none is left."""
        while self._failed:
            await asyncio.sleep(_INTERVAL_S)
            for key, year in [*self._failed.items()]:
                if self._retries.is_due(key):
                    await self._derive(key, year)

    async def _derive(self, key: UUID, year: int) -> None:
        command = DeriveWindows(command_id=uuid4(), year=year)
        try:
            result = await self._services.command_bus.submit(command, SYSTEM)
            await self._services.reader.wait_until_reached(result.position)
        except NothingToDerive:
            # All windows are up to date: the usual case, and what a second node finds.
            pass
        except Exception as error:  # noqa: BLE001  The others go on, whatever it is.
            self._failed[key] = year
            self._retries.failed(key, f"deriving the windows of {year}", error)
            return
        self._failed.pop(key, None)
        self._retries.forget(key)


async def _all(
    services: Services, view: View[D], parent: UUID | None, position: int
) -> AsyncIterator[DocumentSnapshot[D]]:
    list_key, after, has_next = ListKey(parent), None, True
    while has_next:
        pages = await services.reader.pages(
            view, [list_key], AsOf(position), first=_DOCUMENTS_A_PAGE, after=after
        )
        page = pages[list_key]
        for snapshot in page.items:
            yield snapshot
            after = snapshot.cursor
        has_next = page.has_next
