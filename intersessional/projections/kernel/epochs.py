"""Epochs: the incarnations of the log, in which positions stand for events."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

POSITION_MAX = 2**63 - 1

_CURSOR = re.compile(r"(?:(?P<epoch>[0-9a-f]{12}):)?(?P<position>\d{1,16})", re.ASCII)


class PositionInEpoch(int):
    """A position with the epoch in which it was read."""

    epoch: str

    def __new__(cls, position: int, epoch: str) -> Self:
        """``epoch`` is the id of one."""
        made = super().__new__(cls, position)
        made.epoch = epoch
        return made

    @property
    def cursor(self) -> str:
        """As one text, which ``parse_cursor`` reads."""
        return f"{self.epoch}:{int(self)}"


def parse_cursor(text: str) -> int | None:
    """The position of a text like ``196`` or ``3f9a5be2c1d0:196``; None for another text."""
    match = _CURSOR.fullmatch(text)
    if match is None:
        return None
    position = int(match["position"])
    return PositionInEpoch(position, match["epoch"]) if match["epoch"] else position


def epoch_of(position: int) -> str | None:
    """The epoch in which a position was read; None where that is not known."""
    return position.epoch if isinstance(position, PositionInEpoch) else None


@dataclass(frozen=True, slots=True)
class Epoch:
    """One incarnation of the log: a server since its start, or a restored backup."""

    id: str
    begins_after: int
    """The head when it began: it has the same events up to there as the epoch before."""


class RecordChanged(Exception):
    """A position is of an incarnation of the log that has other events than the present one."""

    def __init__(self, after: int) -> None:
        """``after`` is the last position up to which both are known to have the same events."""
        super().__init__(f"the record has other events after {after}")
        self.after = after


class Epochs:
    """The epochs of the log, in the order in which they began; the last one is present."""

    def __init__(self, epochs: Sequence[Epoch]) -> None:
        """Raises ValueError without an epoch."""
        if not epochs:
            raise ValueError("a log has at least one epoch")
        self._epochs = tuple(epochs)
        self._ends: dict[str, int] = {}
        end = POSITION_MAX
        for epoch in reversed(self._epochs):
            self._ends[epoch.id] = end
            end = min(end, epoch.begins_after)

    def __iter__(self) -> Iterator[Epoch]:
        """The epochs, the first one first."""
        return iter(self._epochs)

    def __contains__(self, epoch: str) -> bool:
        """Whether the log has an epoch with this id."""
        return epoch in self._ends

    @property
    def present(self) -> str:
        """The id of the present epoch."""
        return self._epochs[-1].id

    def check(self, position: int) -> None:
        """Raise RecordChanged for a position that stood for another event in its epoch.

        A position without an epoch is taken for one of the present epoch. With an unknown epoch
        nothing is known to be the same.
        """
        epoch = epoch_of(position)
        end = POSITION_MAX if epoch is None else self._ends.get(epoch, 0)
        if position > end:
            raise RecordChanged(end)

    def shared_with(self, earlier: "Epochs") -> int:
        """The last position up to which the log has the events that it had at an earlier time."""
        pairs = zip(self._epochs, earlier._epochs, strict=False)
        same = next((n for n, (one, other) in enumerate(pairs) if one != other), None)
        if same is None:
            same = min(len(self._epochs), len(earlier._epochs))
        if same == 0:
            return 0
        others = (*self._epochs[same:], *earlier._epochs[same:])
        return min((one.begins_after for one in others), default=POSITION_MAX)
