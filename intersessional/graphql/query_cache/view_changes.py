"""Which views the latest events concern."""

from collections.abc import Collection, Sequence

from intersessional.projections.kernel.reader import Feed
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import AnyView


class ViewChanges:
    """For each view the last event that concerned it, as far as this node has read."""

    def __init__(self, views: Sequence[AnyView], position: int) -> None:
        """Whatever was recorded up to ``position`` may have concerned every view."""
        self._views = views
        self._position = position
        self._last = {view.name: position for view in views}

    async def follow(self, feed: Feed) -> None:
        """Read what the feed tells, for ever."""
        async for recorded in feed.follow(self._position):
            self._note(recorded)

    def none(self, views: Collection[str], after: int, until: int) -> bool:
        """Whether it is certain that no event between these positions concerned these views."""
        return self._position >= until and all(self._last[name] <= after for name in views)

    def _note(self, recorded: RecordedEvent) -> None:
        for view in self._views:
            if _concerns(recorded, view):
                self._last[view.name] = recorded.position
        self._position = recorded.position


def _concerns(recorded: RecordedEvent, view: AnyView) -> bool:
    try:
        return view.key(recorded) is not None
    except Exception:  # noqa: BLE001  The projector stops the view there, and says why.
        return True
