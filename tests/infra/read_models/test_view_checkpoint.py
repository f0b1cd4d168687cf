"""Which version of a view is read, and how far all views can be read together."""

from collections.abc import Sequence
from dataclasses import replace

from intersessional.infra.read_models.view_checkpoint import (
    ViewCheckpoint,
    ViewReach,
    readable_versions,
    running_versions,
    view_reach,
    view_statuses,
)
from intersessional.projections.kernel.view import AnyView
from tests.infra.read_models.item_views import ITEMS, TALLY

NEWER = replace(ITEMS, version=2)


def test_own_version_is_read_else_the_newest_that_is_served() -> None:
    old, middle, new = (_checkpoint("items", version, served=True) for version in (1, 2, 3))

    assert readable([NEWER], [old, middle, new]) == [middle]
    assert readable([replace(ITEMS, version=4)], [old, middle, new]) == [new]
    assert readable([NEWER], [old, replace(middle, served=False)]) == [old]
    assert readable([NEWER], [_checkpoint("tally", 2, served=True)]) == []


def test_views_can_be_read_as_far_as_the_slowest_has_come() -> None:
    checkpoints = [_checkpoint("items", position=7), _checkpoint("tally", position=5)]

    assert reach([ITEMS, TALLY], checkpoints) == ViewReach(5, is_running=True)


def test_stopped_view_does_not_hold_the_others_back() -> None:
    checkpoints = [_stopped("items", position=3), _checkpoint("tally", position=5)]

    assert reach([ITEMS, TALLY], checkpoints) == ViewReach(5, is_running=True)


def test_stopped_views_can_be_read_where_the_first_of_them_stopped() -> None:
    checkpoints = [_stopped("items", position=3), _stopped("tally", position=5)]

    assert reach([ITEMS, TALLY], checkpoints) == ViewReach(3, is_running=False)


def test_views_of_which_no_version_is_served_cannot_be_read_yet() -> None:
    assert reach([ITEMS, TALLY], []) == ViewReach(None, is_running=True)
    assert reach([ITEMS], [_checkpoint("items", served=False)]) == ViewReach(None, is_running=True)


def test_old_version_does_not_hold_the_others_back_when_the_new_one_has_stopped() -> None:
    old, new = _checkpoint("items", position=3), _stopped("items", 2, position=2, served=False)
    checkpoints = [old, new, _checkpoint("tally", position=5)]

    assert stopped(NEWER, checkpoints) == new
    assert stopped(ITEMS, checkpoints) is None
    assert running([NEWER, TALLY], checkpoints) == [checkpoints[-1]]
    assert reach([NEWER, TALLY], checkpoints) == ViewReach(5, is_running=True)
    assert reach([ITEMS, TALLY], checkpoints) == ViewReach(3, is_running=True)
    assert reach([NEWER], checkpoints) == ViewReach(3, is_running=False)


def readable(
    views: Sequence[AnyView], checkpoints: Sequence[ViewCheckpoint]
) -> list[ViewCheckpoint]:
    return readable_versions(view_statuses(views, checkpoints))


def running(
    views: Sequence[AnyView], checkpoints: Sequence[ViewCheckpoint]
) -> list[ViewCheckpoint]:
    return running_versions(view_statuses(views, checkpoints))


def reach(views: Sequence[AnyView], checkpoints: Sequence[ViewCheckpoint]) -> ViewReach:
    return view_reach(view_statuses(views, checkpoints))


def stopped(view: AnyView, checkpoints: Sequence[ViewCheckpoint]) -> ViewCheckpoint | None:
    return view_statuses([view], checkpoints)[0].stopped


def _checkpoint(
    view: str, version: int = 1, *, position: int = 0, served: bool = True
) -> ViewCheckpoint:
    return ViewCheckpoint(
        id=10 * len(view) + version,
        view=view,
        version=version,
        position=position,
        served=served,
        stopped_at=None,
        reason=None,
    )


def _stopped(
    view: str, version: int = 1, *, position: int = 0, served: bool = True
) -> ViewCheckpoint:
    checkpoint = _checkpoint(view, version, position=position, served=served)
    return replace(checkpoint, stopped_at=position + 1, reason="it cannot be folded")
