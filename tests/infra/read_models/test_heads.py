"""Which version of a view is read, and how far all of them can be read together."""

from dataclasses import replace

from intersessional.infra.read_models.view_checkpoint import (
    ViewCheckpoint,
    ViewReach,
    moving,
    reach,
    readable,
    stopped,
)
from tests.infra.read_models.things import TALLY, THINGS

NEWER = replace(THINGS, version=2)


def test_a_view_is_read_in_its_own_version_else_in_the_newest_that_is_served() -> None:
    old, middle, new = (_head("things", version, served=True) for version in (1, 2, 3))

    assert readable([NEWER], [old, middle, new]) == [middle]
    assert readable([replace(THINGS, version=4)], [old, middle, new]) == [new]
    assert readable([NEWER], [old, replace(middle, served=False)]) == [old]
    assert readable([NEWER], [_head("tally", 2, served=True)]) == []


def test_the_views_can_be_read_as_far_as_the_last_of_them_has_come() -> None:
    heads = [_head("things", position=7), _head("tally", position=5)]

    assert reach([THINGS, TALLY], heads) == ViewReach(5, moves=True)


def test_nobody_waits_for_a_view_that_has_stopped() -> None:
    heads = [_stopped("things", position=3), _head("tally", position=5)]

    assert reach([THINGS, TALLY], heads) == ViewReach(5, moves=True)


def test_when_all_have_stopped_they_can_be_read_where_the_first_stands() -> None:
    heads = [_stopped("things", position=3), _stopped("tally", position=5)]

    assert reach([THINGS, TALLY], heads) == ViewReach(3, moves=False)


def test_before_anything_is_served_nothing_can_be_read_yet() -> None:
    assert reach([THINGS, TALLY], []) == ViewReach(None, moves=True)
    assert reach([THINGS], [_head("things", served=False)]) == ViewReach(None, moves=True)


def test_nobody_waits_for_an_old_version_when_the_new_one_has_stopped() -> None:
    old, new = _head("things", position=3), _stopped("things", 2, position=2, served=False)
    heads = [old, new, _head("tally", position=5)]

    assert stopped(NEWER, heads) == new
    assert stopped(THINGS, heads) is None
    assert moving([NEWER, TALLY], heads) == [heads[-1]]
    assert reach([NEWER, TALLY], heads) == ViewReach(5, moves=True)
    assert reach([THINGS, TALLY], heads) == ViewReach(3, moves=True)
    assert reach([NEWER], heads) == ViewReach(3, moves=False)


def _head(view: str, version: int = 1, *, position: int = 0, served: bool = True) -> ViewCheckpoint:
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
    head = _head(view, version, position=position, served=served)
    return replace(head, stopped_at=position + 1, reason="it cannot be folded")
