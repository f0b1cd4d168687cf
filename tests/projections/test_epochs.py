"""A position of an epoch stands for the same event until a later epoch begins before it."""

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intersessional.projections.kernel.epochs import (
    POSITION_MAX,
    Epoch,
    Epochs,
    PositionInEpoch,
    RecordChanged,
    parse_cursor,
)

FIRST, SECOND, THIRD = Epoch("a", 0), Epoch("b", 100), Epoch("c", 80)


def end_of(epochs: Epochs, epoch: str | None, position: int = 10_000) -> int | None:
    """The position told with RecordChanged; None for a position that is valid."""
    try:
        epochs.check(position if epoch is None else PositionInEpoch(position, epoch))
    except RecordChanged as changed:
        return changed.after
    return None


@pytest.mark.parametrize(
    ("epochs", "epoch", "position", "expected"),
    [
        ((FIRST,), "a", 10_000, None),
        ((FIRST, SECOND), "a", 100, None),
        ((FIRST, SECOND), "a", 101, 100),
        ((FIRST, SECOND), "b", 10_000, None),
        ((FIRST, SECOND), None, 10_000, None),
        ((FIRST, SECOND), "c", 0, None),
        ((FIRST, SECOND), "c", 1, 0),
        ((FIRST, SECOND, Epoch("d", 0)), "b", 5, 0),
    ],
)
def test_position_is_valid_up_to_where_the_next_epoch_begins(
    epochs: tuple[Epoch, ...], epoch: str | None, position: int, expected: int | None
) -> None:
    assert end_of(Epochs(epochs), epoch, position) == expected


@pytest.mark.parametrize(
    ("earlier", "now", "expected"),
    [
        ((FIRST,), (FIRST,), POSITION_MAX),
        ((FIRST,), (FIRST, SECOND), 100),
        ((FIRST, SECOND), (FIRST, THIRD), 80),
        ((FIRST, SECOND), (FIRST,), 100),
        ((FIRST,), (SECOND,), 0),
        ((FIRST,), (FIRST, SECOND, THIRD), 80),
    ],
)
def test_events_stay_up_to_the_first_epoch_that_differs(
    earlier: tuple[Epoch, ...], now: tuple[Epoch, ...], expected: int
) -> None:
    assert Epochs(now).shared_with(Epochs(earlier)) == expected


operations = st.lists(
    st.tuples(st.sampled_from(["append", "restart", "back up", "restore"]), st.integers(1, 4)),
    max_size=30,
)


@given(operations)
def test_no_position_is_valid_for_another_event_in_any_history(
    operations: list[tuple[str, int]],
) -> None:
    # An event is a number that is never used again; so is the id of an epoch.
    number = count()
    log: list[int] = []
    epochs = [Epoch(str(next(number)), 0)]
    backup = list(log), list(epochs)
    cursors: list[tuple[str, list[int]]] = []
    states = [(Epochs(epochs), list(log))]
    for operation, times in operations:
        if operation == "append":
            log += [next(number) for _ in range(times)]
        elif operation == "back up":
            backup = list(log), list(epochs)
        else:
            if operation == "restore":
                log, epochs = list(backup[0]), list(backup[1])
            epochs.append(Epoch(str(next(number)), len(log)))
        cursors.append((epochs[-1].id, list(log)))
        states.append((Epochs(epochs), list(log)))

    present = Epochs(epochs)
    for epoch, read in cursors:
        end = end_of(present, epoch, len(read))
        valid = len(read) if end is None else end
        assert read[:valid] == log[:valid]
    for earlier, read in states:
        shared = min(present.shared_with(earlier), len(read))
        assert read[:shared] == log[:shared]
        assert shared == len(read) or read[: shared + 1] != log[: shared + 1] or not read


@given(st.integers(0, 2**53), st.binary(min_size=6, max_size=6))
def test_cursor_is_read_as_it_was_written(position: int, epoch: bytes) -> None:
    read = parse_cursor(PositionInEpoch(position, epoch.hex()).cursor)

    assert isinstance(read, PositionInEpoch)
    assert (read, read.epoch) == (position, epoch.hex())


@pytest.mark.parametrize(
    "text", ["", ":", "1:", ":1", "3f9a5be2c1d0:", "-1", "1.0", "1" * 17, "\u0661"]
)
def test_other_text_is_no_cursor(text: str) -> None:
    assert parse_cursor(text) is None
