"""The limit on open files (RLIMIT_NOFILE)."""

import logging
import resource
from contextlib import suppress

logger = logging.getLogger(__name__)

OTHER_FILES = 512
"""Files of a node beside client sockets: database connections, files, pipes."""


def raise_open_files_limit(count: int) -> None:
    """Raise the soft limit as far as ``count`` sockets need, up to the hard limit."""
    wanted = count + OTHER_FILES
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    unlimited = resource.RLIM_INFINITY
    if soft == unlimited or soft >= wanted:
        return
    # A system may set bounds of its own beside the hard limit.
    with suppress(ValueError):
        allowed = wanted if hard == unlimited else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
        soft = allowed
    if soft < wanted:
        logger.warning("%d sockets may be open, but only %d files", count, soft)
