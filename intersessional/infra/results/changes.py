"""Which views the latest events concern."""

from collections.abc import Collection, Sequence

from intersessional.projections.reader import Feed
from intersessional.projections.recorded import Recorded
from intersessional.projections.view import AnyView


class Changes:
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

    def _note(self, recorded: Recorded) -> None:
        for view in self._views:
            if _concerns(recorded, view):
                self._last[view.name] = recorded.position
        self._position = recorded.position


def _concerns(recorded: Recorded, view: AnyView) -> bool:
    try:
        return view.key(recorded) is not None
    except Exception:  # noqa: BLE001  The projector stops the view there, and says why.
        return True
