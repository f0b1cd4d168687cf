"""Why a view cannot answer.

ViewError
├── ViewNotBuilt   no version of the view can be read yet
├── Behind     the view has not come to the position it is asked for
└── Stopped    no view moves any more, so waiting for one would never end
"""

from intersessional.projections.kernel.reader import ViewUnavailable


class ViewError(ViewUnavailable):
    """A view does not answer."""


class ViewNotBuilt(ViewError):
    """No version of the view has caught up with the record yet."""

    def __init__(self, view: str) -> None:
        super().__init__(f"the view {view} is still being built")
        self.view = view


class ViewBehind(ViewError):
    """The view has not come to the position it is asked for; when it has stopped, it never will."""

    def __init__(self, view: str, position: int, reached: int, reason: str | None) -> None:
        stopped = f", where it stopped: {reason}" if reason else ""
        super().__init__(f"the view {view} is asked for {position}, it is at {reached}{stopped}")
        self.view = view
        self.position = position
        self.reached = reached
        self.reason = reason
        """What stopped the view; None when it only lags."""


class ViewsStopped(ViewError):
    """Every view has stopped; an event cannot be folded, and the log says which."""
