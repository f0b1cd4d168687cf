"""Who pays for an operation, seen from its execution."""

from collections.abc import Callable

Charge = Callable[[int], None]
"""Takes points for what is about to be done. Raises BadRequest where there are not enough."""

DRY_RUN_POINTS = 100
"""The rules of a command, without an append."""

CHAIN_POINTS = 1_000
"""A chain of reasons, whatever is asked of it: some 20 µs of reading for each of 60 steps."""

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
