"""Errors of reads from views.

ViewUnavailable
├── ViewNotBuilt  no version of the view can be read yet
├── ViewBehind    the view has not reached the requested position
└── ViewsStopped  no view moves any more, so waiting for one would never end
"""


class ViewUnavailable(Exception):
    """A view cannot answer: it lags, is being built, or has stopped."""


class ViewNotBuilt(ViewUnavailable):
    """No version of the view has caught up with the record yet."""

    def __init__(self, view: str) -> None:
        super().__init__(f"the view {view} is still being built")
        self.view = view


class ViewBehind(ViewUnavailable):
    """The view has not reached the requested position; a stopped view never will."""

    def __init__(self, view: str, position: int, reached: int, reason: str | None) -> None:
        stopped = f", where it stopped: {reason}" if reason else ""
        super().__init__(f"the view {view} is at {reached}, not yet at {position}{stopped}")
        self.view = view
        self.position = position
        self.reached = reached
        self.reason = reason
        """Why the view stopped; None when it only lags."""


class ViewsStopped(ViewUnavailable):
    """Every view has stopped: an event cannot be folded; it is named in the log."""
