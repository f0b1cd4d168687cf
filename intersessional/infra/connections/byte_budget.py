"""A bound on the bytes that the connections of a node hold together."""

from typing import Protocol

from intersessional.infra.connections.cap_log import CapLog

ENDS_AT = 0.5
"""The share of the bound at which no connection is in danger: after that a line is logged again."""


class Holder(Protocol):
    """A connection that holds bytes in memory."""

    def abort(self) -> None:
        """Close at once, and hold nothing."""
        ...


class ByteBudget:
    """Counts what each connection holds; over the bound, those that stand still are aborted."""

    def __init__(self, what: str, bytes_max: int) -> None:
        """``what`` is held, in the plural, for the log."""
        self._bytes_max = bytes_max
        self._held: dict[Holder, int] = {}
        """From the one that has not changed for the longest time to the one that changed last."""
        self._total = 0
        self._log = CapLog(what)

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
                self._abort_one()
        elif self._log.is_refusing and self._total <= self._bytes_max * ENDS_AT:
            self._log.end()

    def _abort_one(self) -> None:
        self._log.refuse(f"they hold {self._total} bytes")
        holder = next(iter(self._held))
        self._total -= self._held.pop(holder)
        holder.abort()
