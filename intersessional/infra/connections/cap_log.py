"""Log lines of a cap: one when it begins to refuse connections, one when it ends."""

import logging

logger = logging.getLogger(__name__)

CAP_ENDS_AT = 0.9
"""The share of a cap at which it ends: it is not logged again for each connection that leaves."""


class CapLog:
    """Counts the connections that a cap refuses, and logs its beginning and its end."""

    def __init__(self, what: str) -> None:
        """``what`` is refused, in the plural."""
        self._what = what
        self._refused = 0
        self.refused_total = 0
        """The connections that were refused since the node started."""

    @property
    def is_refusing(self) -> bool:
        """Whether a connection was refused since the cap ended last."""
        return self._refused > 0

    def refuse(self, reason: str) -> None:
        """Count a refused connection; the first one is logged with its reason, a sentence."""
        if not self._refused:
            logger.warning("%s are refused: %s", self._what, reason)
        self._refused += 1
        self.refused_total += 1

    def end(self) -> None:
        """Log that no more are refused, where some were."""
        if self._refused:
            logger.warning("%s are accepted again; %d were refused", self._what, self._refused)
        self._refused = 0
