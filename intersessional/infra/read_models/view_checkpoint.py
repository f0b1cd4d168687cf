"""Positions that the versions of each view have reached."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from intersessional.projections.kernel.reader import ReadableState
from intersessional.projections.kernel.view import AnyView

CHECKPOINTS = """
SELECT id, view, version, position, served, stopped_at, reason
  FROM view_heads WHERE view = ANY ($1::text[]) ORDER BY id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewCheckpoint:
    """One version of a view: every event up to ``position`` is folded."""

    id: int
    view: str
    version: int
    position: int
    served: bool
    stopped_at: int | None
    """The position of the event that this version could not fold."""
    reason: str | None

    @property
    def is_running(self) -> bool:
        """Whether this version folds further events."""
        return self.stopped_at is None


@dataclass(frozen=True, slots=True)
class ViewStatus:
    """The versions that decide how one view is read on this node."""

    read: ViewCheckpoint | None
    """The version that answers reads: the view's own, else the newest served; None before one is
    served.
    """
    stopped: ViewCheckpoint | None
    """The version that stopped, and the view with it; None while the view runs.

    When a new version stops while it is built, the old one still answers reads, but the process
    that moved it may be gone: nothing waits for it.
    """


def view_statuses(
    views: Iterable[AnyView], checkpoints: Iterable[ViewCheckpoint]
) -> list[ViewStatus]:
    """The status of each view, in the order of the views."""
    by_view: dict[str, list[ViewCheckpoint]] = {}
    for checkpoint in checkpoints:
        by_view.setdefault(checkpoint.view, []).append(checkpoint)
    return [_status(view, by_view.get(view.name, ())) for view in views]


def _status(view: AnyView, versions: Sequence[ViewCheckpoint]) -> ViewStatus:
    own: ViewCheckpoint | None = None
    newest_served: ViewCheckpoint | None = None
    for one in versions:
        if one.version == view.version:
            own = one
        if one.served and (newest_served is None or one.version > newest_served.version):
            newest_served = one
    read = own if own is not None and own.served else newest_served
    if own is not None and not own.is_running:
        return ViewStatus(read, stopped=own)
    if read is not None and not read.is_running:
        return ViewStatus(read, stopped=read)
    return ViewStatus(read, stopped=None)


def readable_versions(statuses: Iterable[ViewStatus]) -> list[ViewCheckpoint]:
    """The version that answers reads of each view that has one."""
    return [status.read for status in statuses if status.read is not None]


def running_versions(statuses: Iterable[ViewStatus]) -> list[ViewCheckpoint]:
    """The readable versions of the views that run."""
    return readable_versions(status for status in statuses if status.stopped is None)


@dataclass(frozen=True, slots=True)
class ViewReach:
    """The position up to which all views can be read together."""

    position: int | None
    """The lowest position of the running views; of all views when every one has stopped. None
    while no view can be read.
    """
    is_running: bool
    """Whether a view runs, so that waiting for a later position can succeed."""


def view_reach(statuses: Sequence[ViewStatus]) -> ViewReach:
    """The reach of the views with these statuses."""
    read = running_versions(statuses) or readable_versions(statuses)
    return ViewReach(
        position=min((checkpoint.position for checkpoint in read), default=None),
        is_running=any(status.stopped is None for status in statuses),
    )


def readable_state(statuses: Sequence[ViewStatus]) -> ReadableState:
    """The state that is read by default."""
    return ReadableState(
        position=view_reach(statuses).position or 0,
        view_versions=frozenset(checkpoint.id for checkpoint in readable_versions(statuses)),
    )
