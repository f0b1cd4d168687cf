"""When a window opened and closed, as sources state."""

from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import AlreadyRecorded
from intersessional.plugins.comment_window.comment_window import CommentWindow
from intersessional.plugins.comment_window.refusals import WindowFollowsClock
from intersessional.plugins.comment_window.window_state import WindowState


def add_opening(window: CommentWindow, act: Act) -> None:
    """Record that it opened, as a source states. Raises WindowFollowsClock, AlreadyRecorded."""
    _check_history(window, "opening", window.opened)
    window.record(
        CommentWindow.Opened,
        act=act,
        cycle_id=window.cycle_id,
        group_id=window.group_id,
        opens_at=None,
        draft_id=None,
        revision=None,
    )


def add_closing(window: CommentWindow, act: Act) -> None:
    """Record that it closed, as a source states. Raises WindowFollowsClock, AlreadyRecorded."""
    _check_history(window, "closing", window.closed)
    window.record(
        CommentWindow.Closed,
        act=act,
        cycle_id=window.cycle_id,
        group_id=window.group_id,
        closes_at=None,
    )


def _check_history(window: CommentWindow, change: str, recorded: Occurred | None) -> None:
    scheduled = window.historical and window.state is WindowState.SCHEDULED
    if not (window.from_sources or scheduled):
        raise WindowFollowsClock(window=window.id)
    if recorded is not None:
        raise AlreadyRecorded(kind=f"{change} of the comment window", id=window.id)
