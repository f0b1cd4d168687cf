"""The operating-system user of PostgreSQL's processes.

PostgreSQL refuses to run as root. The supervisor of root stays root, as it must find its way into
the private directories of root; PostgreSQL's processes get another user and no capability.
"""

import ctypes
import os
import pwd
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from intersessional.infra.embedded_postgres.errors import EmbeddedPostgresError

PR_SET_PDEATHSIG = 1

_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True, kw_only=True)
class ServerUser:
    """The user whom root lets PostgreSQL run as."""

    uid: int
    gid: int

    def may_reach(self, path: Path) -> bool:
        """Whether the user can read a file or directory, and enter all directories above it."""
        return self._may(path, 0o4) and all(self._may(above, 0o1) for above in path.parents)

    def give(self, path: Path) -> None:
        """Make the user the owner of a directory. Raises EmbeddedPostgresError."""
        try:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)
        except OSError as error:
            raise EmbeddedPostgresError(
                "PostgreSQL does not run as root, and this system does not let root hand it to"
                f" another user ({error}). Start again as an ordinary user, or set DATABASE_URL."
            ) from error

    def _may(self, path: Path, right: int) -> bool:
        found = path.stat()
        return bool(found.st_mode & (right << 6 if found.st_uid == self.uid else right))


def server_user(data: Path) -> ServerUser | None:
    """Whom root lets the server of this data run as: its owner, or nobody; None if not root."""
    if os.geteuid() != 0:
        return None
    for owned in (data, data.parent):
        if owned.exists() and (uid := owned.stat().st_uid) != 0:
            return ServerUser(uid=uid, gid=pwd.getpwnam("nobody").pw_gid)
    nobody = pwd.getpwnam("nobody")
    return ServerUser(uid=nobody.pw_uid, gid=nobody.pw_gid)


def die_with_parent(signal_number: signal.Signals) -> Callable[[], None]:
    """A ``preexec_fn`` for a child that gets a signal when its parent ends (PR_SET_PDEATHSIG).

    Linux sends it when the parent's thread ends, so the thread that starts the child must be the
    last of the parent.
    """
    parent = os.getpid()

    def bind() -> None:
        if sys.platform == "linux":
            _check(_libc.prctl(PR_SET_PDEATHSIG, signal_number, 0, 0, 0))
        if os.getppid() != parent:
            os._exit(1)

    return bind


def _check(result: int) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
