"""Outages of the database, and what statements have found missing in it."""

import time
from logging import Logger

from intersessional.concurrency.outage import Outage
from intersessional.infra.postgres.connection_errors import MISSING_ERRORS

MISSING_S = 60.0
"""The time between two stacks of the same error, and for which what was missed is told."""
MESSAGES_MAX = 20
"""The errors of the last ``MISSING_S`` seconds that are logged with their stack."""


class DatabaseOutage(Outage):
    """An outage; a table, function or right that a statement missed is told with its stack.

    Amid a restore it passes; else it is a fault of the statement, a migration or a grant, and
    nothing but the stack tells of which one.
    """

    __slots__ = ("_logged", "_missed_at", "missed_count")

    def __init__(self, logger: Logger, part: str) -> None:
        super().__init__(logger, part)
        self._missed_at = float("-inf")
        self._logged: dict[str, float] = {}
        self.missed_count = 0
        """The statements that missed something."""

    def failed(self, error: BaseException, calls: int = 1) -> None:
        """Note failed calls, and what the error tells to be missing."""
        if isinstance(error, MISSING_ERRORS):
            self.missed(error)
        super().failed(error, calls)

    def missed(self, error: BaseException) -> None:
        """Note that one statement missed something; the others may go on."""
        self.missed_count += 1
        now = self._missed_at = time.monotonic()
        message = repr(error)
        self._logged = {one: at for one, at in self._logged.items() if now - at < MISSING_S}
        if message not in self._logged and len(self._logged) < MESSAGES_MAX:
            self._logged[message] = now
            self._logger.error(
                "%s misses something in the database: %s",
                self._part,
                message,
                stack_info=True,
            )

    @property
    def is_missing(self) -> bool:
        """Whether a statement of the last ``MISSING_S`` seconds missed something."""
        return time.monotonic() - self._missed_at < MISSING_S
