"""Waiting for what passes by itself, so that whoever watches need not notice."""

import asyncio

from intersessional.infra.postgres.reconnecting import CONNECTION_ERRORS
from intersessional.infra.read_models.errors import ViewBehind, ViewNotBuilt

PAUSE_MIN_S = 0.05
PAUSE_MAX_S = 1.0


def is_transient(fault: BaseException) -> bool:
    """Whether the same will go well a little later, however often it must be tried."""
    match fault:
        case ViewNotBuilt() | ViewBehind(reason=None):
            return True
        case ValueError():
            # What the driver says of our own arguments is a mistake, and stays one.
            return False
        case _:
            return isinstance(fault, CONNECTION_ERRORS)


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
