"""How many sockets a process may have open."""

import logging
import resource
from contextlib import suppress

logger = logging.getLogger(__name__)

BESIDE_SOCKETS = 512
"""What a node opens beside sockets: connections to the database, files, pipes."""


def raise_open_files_limit(count: int) -> None:
    """Raise this process's own limit on open files as far as so many sockets need, and it may."""
    wanted = count + BESIDE_SOCKETS
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
