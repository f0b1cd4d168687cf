"""A bound on the bytes that the connections of a node hold together."""

import logging
from typing import Protocol

logger = logging.getLogger(__name__)


class Holder(Protocol):
    """A connection that holds bytes in memory."""

    def abort(self) -> None:
        """Close at once, and hold nothing."""
        ...


class ByteBudget:
    """Counts what each connection holds; over the bound, those that hold the most are aborted."""

    def __init__(self, what: str, bytes_max: int) -> None:
        """``what`` is held, in the plural, for the log."""
        self._what = what
        self._bytes_max = bytes_max
        self._held: dict[Holder, int] = {}
        self._total = 0

    @property
    def total(self) -> int:
        """The bytes that all connections hold."""
        return self._total

    def hold(self, holder: Holder, size: int) -> None:
        """Note what a connection holds now; 0 when it holds nothing or has ended."""
        self._total += size - self._held.pop(holder, 0)
        if size:
            self._held[holder] = size
        while self._total > self._bytes_max:
            self._abort_largest()

    def _abort_largest(self) -> None:
        largest = max(self._held, key=self._held.__getitem__)
        logger.warning("%s hold %d bytes: the largest is closed", self._what, self._total)
        self._total -= self._held.pop(largest)
        largest.abort()
