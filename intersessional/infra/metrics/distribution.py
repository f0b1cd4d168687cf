"""How often values were observed up to each of some bounds."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate


class Distribution:
    """Counts values by their size, at the cost of one search for each."""

    def __init__(self, bounds: Sequence[float]) -> None:
        """``bounds`` are ascending; greater values are counted too."""
        self._bounds = tuple(bounds)
        self._counts = [0] * (len(self._bounds) + 1)
        self.sum = 0.0
        """The sum of all values."""

    def observe(self, value: float) -> None:
        """Count a value."""
        self._counts[bisect_left(self._bounds, value)] += 1
        self.sum += value

    @property
    def count(self) -> int:
        """The number of all values."""
        return sum(self._counts)

    def up_to(self) -> list[tuple[float, int]]:
        """For each bound, and for infinity, the number of values that are not greater."""
        return [*zip((*self._bounds, float("inf")), accumulate(self._counts), strict=True)]
