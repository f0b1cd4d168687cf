"""When each of several things that failed is tried again."""

import asyncio
from collections.abc import Hashable
from logging import Logger
from typing import Generic, TypeVar

from intersessional.concurrency.backoff import Backoff
from intersessional.concurrency.outage import Outage

K = TypeVar("K", bound=Hashable)


class Retries(Generic[K]):
    """Each thing that failed is due again after a pause of its own, which doubles.

    The first failure of a thing is logged; temporary errors are one outage, however many things
    meet it. So one that always fails stops none of the others, and fills no log.
    """

    def __init__(
        self,
        logger: Logger,
        part: str,
        *,
        pause_min_s: float,
        pause_max_s: float,
        temporary: tuple[type[Exception], ...] = (),
    ) -> None:
        """``temporary`` errors are an outage of the database, which ``part`` uses."""
        self._logger = logger
        self._outage = Outage(logger, part)
        self._temporary = temporary
        self._pauses_s = pause_min_s, pause_max_s
        self._failed: dict[K, tuple[Backoff, float]] = {}
        self._in_outage = set[K]()
        """The things whose last error was a temporary one."""

    def is_due(self, key: K) -> bool:
        """Whether to try it now; true for what has not failed."""
        failed = self._failed.get(key)
        return failed is None or asyncio.get_running_loop().time() >= failed[1]

    def failed(self, key: K, what: str, error: Exception) -> None:
        """Postpone it; ``what`` names it in the log."""
        backoff, _ = self._failed.get(key, (None, 0.0))
        if isinstance(error, self._temporary):
            self._in_outage.add(key)
            self._outage.failed(error)
        else:
            if backoff is None or key in self._in_outage:
                self._logger.error("%s failed, and is tried again: %r", what, error, exc_info=error)
            self._reached(key)
        backoff = backoff or Backoff(*self._pauses_s)
        self._failed[key] = backoff, asyncio.get_running_loop().time() + backoff.next_s()

    def forget(self, key: K) -> None:
        """It is done, or is another thing now."""
        self._failed.pop(key, None)
        self._reached(key)

    def _reached(self, key: K) -> None:
        self._in_outage.discard(key)
        if not self._in_outage:
            self._outage.ended()
