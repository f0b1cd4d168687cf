"""For how long conditions have held that are looked at now and then."""

from collections.abc import Hashable, Mapping
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)


class LockHolders(Generic[K]):
    """Finds the transactions that hold a lock longer than ``held_s`` seconds."""

    def __init__(self, held_s: float) -> None:
        self._held_s = held_s
        self._since: dict[K, float] = {}

    def update(self, holders: frozenset[K], now_s: float) -> frozenset[K]:
        """Those of the present holders that have been seen for ``held_s`` seconds."""
        self._since = {one: self._since.get(one, now_s) for one in holders}
        return frozenset(one for one, since in self._since.items() if now_s - since >= self._held_s)


class LaggingViews:
    """Finds the views that have not reached within ``lag_s`` seconds what had been recorded."""

    def __init__(self, lag_s: float) -> None:
        self._lag_s = lag_s
        self._awaited: dict[str, tuple[int, float]] = {}
        """For each view that is behind a position that it has to reach, and since when."""

    def update(self, positions: Mapping[str, int], head: int, now_s: float) -> list[str]:
        """The lagging views, by the positions that the running views have reached."""
        awaited: dict[str, tuple[int, float]] = {}
        for view, position in positions.items():
            position_awaited, since = self._awaited.get(view, (0, 0.0))
            # In a record that was restored, what was awaited may be gone.
            if position < position_awaited <= head:
                awaited[view] = position_awaited, since
            elif position < head:
                awaited[view] = head, now_s
        self._awaited = awaited
        return sorted(view for view, (_, since) in awaited.items() if now_s - since >= self._lag_s)
