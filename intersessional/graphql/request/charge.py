"""Who pays for an operation, seen from its execution."""

from collections.abc import Callable

Charge = Callable[[int], None]
"""Takes points for what is about to be done. Raises BadRequest where there are not enough."""

DRY_RUN_POINTS = 100
"""The rules of a command, without an append."""

PREVIEW_POINTS = 300
"""The rules of a command with the reactions to it, several times where overrides are needed."""
PREVIEW_EVENT_POINTS = 10
"""The documents that an event of a preview concerns."""


def free(_points: int) -> None:
    """Take nothing: what the server does by itself."""
