"""Outages of a service as one part of a node sees them: counted, and logged at their ends."""

import time
from logging import Logger

REMINDER_S = 60.0
"""The time between two lines about an outage that goes on."""


class Outage:
    """Counts the failed calls of one part of a node; an outage ends with a call that succeeds.

    It is logged when it begins, every ``REMINDER_S`` seconds while calls fail, and when it ends.
    """

    __slots__ = (
        *("_failed_at", "_logged_at", "_logger", "_part", "_service", "_since"),
        *("count", "failures", "reason"),
    )

    def __init__(self, logger: Logger, part: str, service: str = "the database") -> None:
        """``part`` is the subject of the log lines, such as ``the tail``; it uses ``service``."""
        self._service = service
        self._logger = logger
        self._part = part
        self._since = self._logged_at = self._failed_at = 0.0
        self.count = 0
        """The outages that have begun."""
        self.failures = 0
        """The failed calls of the present outage; 0 while calls succeed."""
        self.reason = ""
        """The last error of the present outage."""

    def failed(self, error: BaseException, calls: int = 1) -> None:
        """Note failed calls."""
        now = time.monotonic()
        self._failed_at = now
        self.reason = repr(error)
        if not self.failures:
            self.count += 1
            self._since = self._logged_at = now
            self._logger.warning("%s cannot use %s: %s", self._part, self._service, self.reason)
        elif now - self._logged_at >= REMINDER_S:
            self._logged_at = now
            self._logger.warning(
                "%s still cannot use %s after %.0f s, %d calls failed: %s",
                self._part,
                self._service,
                now - self._since,
                self.failures + calls,
                self.reason,
            )
        self.failures += calls

    def failed_within(self, seconds: float) -> bool:
        """Whether the last call failed, and not longer ago than this."""
        return self.failures > 0 and time.monotonic() - self._failed_at < seconds

    def ended(self) -> None:
        """Note a call that succeeded."""
        if self.failures:
            failures, self.failures, self.reason = self.failures, 0, ""
            self._logger.warning(
                "%s can use %s again after %.1f s, %d calls failed",
                self._part,
                self._service,
                time.monotonic() - self._since,
                failures,
            )
