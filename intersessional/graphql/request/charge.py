"""Who pays for an operation, seen from its execution."""

from collections.abc import Callable
from typing import Protocol

Charge = Callable[[int], None]
"""Takes points for what is about to be done. Raises BadRequest where there are not enough."""

DRY_RUN_POINTS = 100
"""The rules of a command, without an append."""

CHAIN_POINTS = 1_000
"""A chain of reasons, whatever is asked of it: some 20 µs of reading for each of 60 steps."""

STARTING_POINTS = 100
"""Naming, starting and ending a subscription that nobody ran."""

PREVIEW_POINTS = 300
"""The rules of a command with the reactions to it, several times where overrides are needed."""
PREVIEW_EVENT_POINTS = 10
"""The documents that an event of a preview concerns."""


_POINT_S = 10e-6


def points_of_time(processor_s: float) -> int:
    """The points of so much processor time, rounded."""
    return round(processor_s / _POINT_S)


def free(_points: int) -> None:
    """Take nothing: what the server does by itself."""


class Payer(Protocol):
    """Pays for what begins, and for what goes on for long."""

    def charge(self, points: int) -> None:
        """Pay for what is about to be done. Raises BadRequest where there are not enough."""
        ...

    def charge_done(self, points: int) -> None:
        """Pay for what was done."""
        ...

    async def until_paid(self) -> None:
        """Wait until what was done is paid for, and enough is left for requests."""
        ...


class _Nobody:
    def charge(self, points: int) -> None:
        """Take nothing."""

    def charge_done(self, points: int) -> None:
        """Take nothing."""

    async def until_paid(self) -> None:
        """Wait for nothing."""


NOBODY: Payer = _Nobody()
"""Pays for what the server does by itself."""
