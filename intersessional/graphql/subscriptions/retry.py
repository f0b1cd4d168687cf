"""Waiting for what passes by itself, so that whoever watches need not notice."""

import asyncio

from intersessional.domain.kernel.event_store import Unreachable
from intersessional.projections.kernel.view_errors import ViewBehind, ViewNotBuilt

PAUSE_MIN_S = 0.05
PAUSE_MAX_S = 1.0


def is_transient(fault: BaseException) -> bool:
    """Whether the same will go well a little later, however often it must be tried."""
    match fault:
        case ViewNotBuilt() | ViewBehind(reason=None) | Unreachable() | OSError():
            return True
        case _:
            return False


class Backoff:
    """Longer and longer pauses, until something goes well again."""

    def __init__(self) -> None:
        self._pause_s = PAUSE_MIN_S

    async def wait(self) -> None:
        """Pause, the longer the more often this was done in vain."""
        await asyncio.sleep(self._pause_s)
        self._pause_s = min(2 * self._pause_s, PAUSE_MAX_S)

    def restore(self) -> None:
        """Something went well."""
        self._pause_s = PAUSE_MIN_S
