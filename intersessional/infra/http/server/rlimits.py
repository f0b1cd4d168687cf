"""The limit on open files (RLIMIT_NOFILE)."""

import logging
import resource
from contextlib import suppress

logger = logging.getLogger(__name__)

OTHER_FILES = 512
"""Files of a node beside client sockets: database connections, files, pipes."""


def raise_open_files_limit(count: int) -> int:
    """Raise the soft limit as far as ``count`` connections need, up to the hard limit.

    Returns the number of connections for which the files suffice, at most ``count``.
    """
    wanted = count + OTHER_FILES
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    unlimited = resource.RLIM_INFINITY
    if soft == unlimited or soft >= wanted:
        return count
    # A system may set bounds of its own beside the hard limit.
    with suppress(ValueError):
        allowed = wanted if hard == unlimited else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
        soft = allowed
    if soft >= wanted:
        return count
    allowed = max(soft - OTHER_FILES, soft // 2)
    logger.warning("%d files may be open, so only %d connections of %d", soft, allowed, count)
    return allowed
