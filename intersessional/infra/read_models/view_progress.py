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
from intersessional.projections.kernel.epochs import RecordChanged
from intersessional.projections.kernel.view import AnyView
from intersessional.projections.kernel.view_errors import ViewBehind, ViewsStopped


class ViewProgress:
    """The reach of the views, and the tasks that wait for a later position.

    ``request_update`` is called when a task begins to wait, so that the views are updated at once.
    """

    def __init__(self, views: Sequence[AnyView], request_update: Callable[[], None]) -> None:
        self._all_views = tuple(views)
        self._views = [view for view in views if view.is_queried]
        self._request_update = request_update
        self._reach = ViewReach(None, is_running=True)
        self._checkpoints: dict[tuple[str, int], ViewCheckpoint] = {}
        self._left_at: int | None = None
        self._open = True
        self._shared: list[int] = []
        """For each loss of events, the last position that stayed."""
        self._changed = Signal()

    def update(self, checkpoints: Sequence[ViewCheckpoint]) -> None:
        """Take the checkpoints of the views, and wake the waiting tasks when one has changed."""
        by_version = {(one.view, one.version): one for one in checkpoints}
        if by_version != self._checkpoints:
            self._checkpoints = by_version
            self._reach = view_reach(view_statuses(self._views, checkpoints))
            self._changed.wake_all()

    def leave_to_a_later_version(self, position: int) -> None:
        """Note that this node folds neither the event at a position nor later ones."""
        self._left_at = position
        self._changed.wake_all()

    @property
    def positions(self) -> dict[str, int]:
        """For each view of this node the position that its version has reached."""
        return {view: one.position for view, one in self._own().items()}

    @property
    def stopped(self) -> dict[str, int]:
        """For each view of this node 1 where its version has stopped, else 0."""
        return {view: int(not one.is_running) for view, one in self._own().items()}

    def _own(self) -> dict[str, ViewCheckpoint]:
        found = ((v.name, self._checkpoints.get((v.name, v.version))) for v in self._all_views)
        return {name: checkpoint for name, checkpoint in found if checkpoint is not None}

    def lose(self, shared: int) -> None:
        """Note that the events after a position are lost: what waits for one of them ends."""
        self._shared.append(shared)
        self._changed.wake_all()

    def close(self) -> None:
        """End all waiting: nothing updates the views from now on."""
        self._open = False
        self._changed.wake_all()

    async def wait_until_reached(self, position: int) -> None:
        """Wait until every running view has reached a position.

        Raises ViewsStopped when no view runs, RecordChanged when the event there is lost meanwhile,
        and Closed when nothing updates the views.
        """
        if self._is_reached(position):
            return
        self._request_update()
        losses = len(self._shared)
        while not self._is_reached(position):
            shared = min(self._shared[losses:], default=position)
            if shared < position:
                raise RecordChanged(shared)
            if not self._open:
                raise Closed
            if not self._reach.is_running:
                raise ViewsStopped(f"every view has stopped, and {position} is not reached")
            await self._changed.wait()

    async def wait_until_view_reached(self, view: AnyView, position: int) -> int:
        """Wait until a view has reached a position; return the position that it has reached.

        Only this very version of the view counts. Raises ViewBehind when it has stopped before,
        and Closed when nothing updates the views.
        """
        waited = False
        while True:
            own = self._checkpoints.get((view.name, view.version))
            if own is not None and own.served and own.position >= position:
                return own.position
            if not self._open:
                raise Closed
            if own is not None and not own.is_running:
                raise ViewBehind(view.name, position, own.position, own.reason)
            if not waited:
                waited = True
                self._request_update()
            await self._changed.wait()

    async def wait_until_built(self, position: int) -> None:
        """Wait until this version of every view is served at a position, as far as it can be.

        Not awaited are views that have stopped, or are left to a later version of the program.
        Raises Closed when nothing updates the views.
        """
        self._request_update()
        while not all(self._is_built(view, position) for view in self._all_views):
            if not self._open:
                raise Closed
            await self._changed.wait()

    def _is_built(self, view: AnyView, position: int) -> bool:
        own = self._checkpoints.get((view.name, view.version))
        if own is None:
            return False
        last = position if self._left_at is None else min(position, self._left_at - 1)
        return (
            not own.is_running
            or (own.served and own.position >= last)
            or any(
                one.view == view.name and one.version > view.version and one.served
                for one in self._checkpoints.values()
            )
        )

    def _is_reached(self, position: int) -> bool:
        return self._reach.position is not None and self._reach.position >= position
