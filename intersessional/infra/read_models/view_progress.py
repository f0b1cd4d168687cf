"""The position that the views of this node have reached, to wait for."""

from collections.abc import Callable, Sequence

from intersessional.concurrency.signal import Signal
from intersessional.domain.command_handling.event_store import Closed
from intersessional.infra.read_models.view_checkpoint import (
    ViewCheckpoint,
    ViewReach,
    view_reach,
    view_statuses,
)
from intersessional.projections.kernel.view import AnyView
from intersessional.projections.kernel.view_errors import ViewsStopped


class ViewProgress:
    """The reach of the views, and the tasks that wait for a later position.

    ``request_update`` is called when a task begins to wait, so that the views are updated at once.
    """

    def __init__(self, views: Sequence[AnyView], request_update: Callable[[], None]) -> None:
        self._views = views
        self._request_update = request_update
        self._reach = ViewReach(None, is_running=True)
        self._open = True
        self._changed = Signal()

    def update(self, checkpoints: Sequence[ViewCheckpoint]) -> None:
        """Take the checkpoints of the views, and wake the waiting tasks when the reach changed."""
        reach = view_reach(view_statuses(self._views, checkpoints))
        if reach != self._reach:
            self._reach = reach
            self._changed.wake_all()

    def close(self) -> None:
        """End all waiting: nothing updates the views from now on."""
        self._open = False
        self._changed.wake_all()

    async def wait_until_reached(self, position: int) -> None:
        """Wait until every running view has reached a position.

        Raises ViewsStopped when no view runs, and Closed when nothing updates the views.
        """
        if self._is_reached(position):
            return
        self._request_update()
        while not self._is_reached(position):
            if not self._open:
                raise Closed
            if not self._reach.is_running:
                raise ViewsStopped(f"every view has stopped, and {position} is not reached")
            await self._changed.wait()

    def _is_reached(self, position: int) -> bool:
        return self._reach.position is not None and self._reach.position >= position
