"""Who pays for an operation, seen from its execution."""

from collections.abc import Callable

Charge = Callable[[int], None]
"""Takes points for what is about to be done. Raises BadRequest where there are not enough."""

DRY_RUN_POINTS = 100
"""The rules of a command, without an append."""


def free(_points: int) -> None:
    """Take nothing: what the server does by itself."""
