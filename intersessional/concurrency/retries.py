"""When each of several things that failed is tried again."""

import asyncio
import logging
from collections.abc import Hashable
from typing import Generic, TypeVar

from intersessional.concurrency.backoff import Backoff

K = TypeVar("K", bound=Hashable)


class Retries(Generic[K]):
    """Each thing that failed is due again after a pause of its own, which doubles.

    The first failure of a thing is logged; of temporary errors the first of each kind, until
    nothing waits any more. So one that always fails stops none of the others, and fills no log.
    """

    def __init__(
        self,
        logger: logging.Logger,
        *,
        pause_min_s: float,
        pause_max_s: float,
        temporary: tuple[type[Exception], ...] = (),
    ) -> None:
        """``temporary`` errors pass by themselves: they are logged without their stack."""
        self._logger = logger
        self._temporary = temporary
        self._pauses_s = pause_min_s, pause_max_s
        self._failed: dict[K, tuple[Backoff, float]] = {}
        self._logged = set[type[Exception]]()
        """The temporary errors that were logged since nothing waited."""

    def is_due(self, key: K) -> bool:
        """Whether to try it now; true for what has not failed."""
        failed = self._failed.get(key)
        return failed is None or asyncio.get_running_loop().time() >= failed[1]

    def failed(self, key: K, what: str, error: Exception) -> None:
        """Postpone it; ``what`` names it in the log."""
        backoff, _ = self._failed.get(key, (None, 0.0))
        if backoff is None:
            backoff = Backoff(*self._pauses_s)
            self._log(what, error)
        self._failed[key] = backoff, asyncio.get_running_loop().time() + backoff.next_s()

    def forget(self, key: K) -> None:
        """It is done, or is another thing now."""
        self._failed.pop(key, None)
        if self._logged and not self._failed:
            self._logged.clear()
            self._logger.warning("all that had failed for now is done")

    def _log(self, what: str, error: Exception) -> None:
        if not isinstance(error, self._temporary):
            self._logger.error("%s failed, and is tried again: %r", what, error, exc_info=error)
        elif type(error) not in self._logged:
            self._logged.add(type(error))
            self._logger.warning("%s, or more, failed for now, and is tried again: %r", what, error)
