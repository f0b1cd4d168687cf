"""Compares heads that were written down with the log."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from intersessional.infra.event_store.format.merkle import Frontier
from intersessional.infra.verification.record_page import RecordPage
from intersessional.infra.verification.written_head import WrittenHead


@dataclass(slots=True)
class HeadComparison:
    """How far the log is the one of a head."""

    head: WrittenHead
    agrees_until: int = 0
    """The first events up to here are those of the head."""
    differs_by: int | None = None
    """Between ``agrees_until`` and here an event is another than in the head."""

    @property
    def holds(self) -> bool:
        """Whether the log begins with all events of the head."""
        return self.differs_by is None and self.agrees_until == self.head.position


class HeadsCheck:
    """Computes the frontier, and compares it where a subtree of a written head ends.

    At the end of its k-th subtree, the frontier of a head's events is its first k hashes.
    """

    def __init__(self, heads: Sequence[WrittenHead]) -> None:
        self.comparisons = [HeadComparison(head) for head in heads]
        self._ends: dict[int, list[tuple[HeadComparison, int]]] = defaultdict(list)
        for comparison in self.comparisons:
            for count, end in enumerate(comparison.head.subtree_ends, start=1):
                self._ends[end].append((comparison, count))
        self._frontier = Frontier()
        self._is_complete = True

    async def check(self, page: RecordPage) -> None:
        """Go on over the next events, up to the first one that is missing."""
        for event in page.events:
            self._is_complete &= event.position == self._frontier.size + 1
            if not self._is_complete:
                return
            self._frontier.append(event.leaf_hash)
            for comparison, count in self._ends.get(event.position, ()):
                self._compare(comparison, count)

    async def finish(self) -> None:
        """Nothing is left to compare."""

    def _compare(self, comparison: HeadComparison, count: int) -> None:
        if comparison.differs_by is None:
            if self._frontier.hashes == comparison.head.frontier[:count]:
                comparison.agrees_until = self._frontier.size
            else:
                comparison.differs_by = self._frontier.size
