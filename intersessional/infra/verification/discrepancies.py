"""Places where the stored record is not what its own events give."""

from dataclasses import dataclass

DISCREPANCIES_MAX = 100
"""So many are kept; the others are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Discrepancy:
    """One place, and a sentence that says what is wrong there."""

    table: str
    position: int | None
    """The position of the event that is concerned; None where no event is."""
    sentence: str


class Discrepancies:
    """The discrepancies found so far: the first DISCREPANCIES_MAX, and how many there are."""

    def __init__(self) -> None:
        self.count = 0
        self._first: list[Discrepancy] = []

    def add(self, table: str, position: int | None, sentence: str) -> None:
        """Add one."""
        self.count += 1
        if len(self._first) < DISCREPANCIES_MAX:
            self._first.append(Discrepancy(table=table, position=position, sentence=sentence))

    def by_position(self) -> tuple[Discrepancy, ...]:
        """Those that are kept, in order of position; first those that concern no event."""
        return tuple(sorted(self._first, key=lambda one: (one.position is not None, one.position)))
