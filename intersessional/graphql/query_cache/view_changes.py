"""The last event that concerned each view, and the last correction."""

from collections.abc import Collection, Sequence

from intersessional.domain.kernel.fact_corrected import FactCorrected
from intersessional.graphql.request.dependencies import CORRECTIONS
from intersessional.projections.kernel.epochs import RecordChanged
from intersessional.projections.kernel.feed import Feed
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import AnyView


class ViewChanges:
    """Follows the log, and records for each view the last position that concerned it."""

    def __init__(self, views: Sequence[AnyView], position: int) -> None:
        """Any event up to ``position`` counts as concerning every view."""
        self._views = views
        self._position = position
        self._last = dict.fromkeys((*(view.name for view in views), CORRECTIONS), position)

    async def follow(self, feed: Feed) -> None:
        """Follow the feed until cancelled."""
        while True:
            try:
                async for recorded in feed.follow(self._position):
                    self._note(recorded)
            except RecordChanged as changed:
                self.lose(changed.after)

    def lose(self, shared: int) -> None:
        """Note that the events after a position are lost; any event up to it concerned all views.

        To be called before an event is read that came instead.
        """
        if self._position > shared:
            self._position = shared
            self._last = dict.fromkeys(self._last, shared)

    def unchanged(self, views: Collection[str], after: int, until: int) -> bool:
        """Whether no event between two positions concerned the views; False if unknown."""
        return self._position >= until and all(self._last[name] <= after for name in views)

    def _note(self, recorded: RecordedEvent) -> None:
        if isinstance(recorded.event, FactCorrected):
            self._last[CORRECTIONS] = recorded.position
        for view in self._views:
            if _concerns(recorded, view):
                self._last[view.name] = recorded.position
        self._position = recorded.position


def _concerns(recorded: RecordedEvent, view: AnyView) -> bool:
    try:
        return bool(view.keys(recorded.fact))
    except Exception:  # noqa: BLE001  The projector stops the view there and logs why.
        return True
