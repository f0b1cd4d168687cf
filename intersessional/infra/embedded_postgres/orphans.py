"""Processes of a server that has crashed: they end without their parent."""

import ctypes
import os
import sys
from contextlib import suppress

PR_SET_CHILD_SUBREAPER = 36

_libc = ctypes.CDLL(None, use_errno=True)


def adopt_orphans() -> None:
    """Become their parent in place of process 1, where the system can (Linux).

    In a container without an init process a node is process 1, which waits for none of them: each
    crash would leave a dozen entries in the list of processes.
    """
    if sys.platform == "linux":
        _libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def wait_for_orphans(child: int | None) -> None:
    """Wait for those that have ended, but not for a child of one's own."""
    with suppress(ChildProcessError):
        while True:
            ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            if ended is None or ended.si_pid == child:
                return
            os.waitpid(ended.si_pid, 0)
