"""How far the views of this node can be read."""

import asyncio
from collections.abc import Callable, Sequence

from intersessional.domain.kernel.event_store import Closed
from intersessional.infra.read_models.view_checkpoint import ViewCheckpoint, ViewReach, reach
from intersessional.projections.kernel.view import AnyView
from intersessional.projections.kernel.view_errors import ViewsStopped


class ViewProgress:
    """What the views have reached, and who waits for more.

    ``want`` is called when someone begins to wait, so that the views are moved at once.
    """

    def __init__(self, views: Sequence[AnyView], want: Callable[[], None]) -> None:
        self._views = views
        self._want = want
        self._reach = ViewReach(None, moves=True)
        self._open = True
        self._moved = asyncio.Event()

    def show(self, heads: Sequence[ViewCheckpoint]) -> None:
        """Say where the views stand, and wake who waits for it."""
        now = reach(self._views, heads)
        if now != self._reach:
            self._reach = now
            self._wake_all()

    def close(self) -> None:
        """Let nobody wait any longer."""
        self._open = False
        self._wake_all()

    async def reached(self, position: int) -> None:
        """Wait until every view that has not stopped has reached a position.

        Raises ViewsStopped when none is left that could, and Closed when nothing moves them.
        """
        if self._reaches(position):
            return
        self._want()
        while not self._reaches(position):
            if not self._open:
                raise Closed
            if not self._reach.moves:
                raise ViewsStopped(f"every view has stopped, and {position} is not reached")
            await self._moved.wait()

    def _reaches(self, position: int) -> bool:
        return self._reach.position is not None and self._reach.position >= position

    def _wake_all(self) -> None:
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()
