"""Privileges of PostgreSQL's processes: Linux's prctl and capset.

PostgreSQL refuses to run as root, and a checkout of root often lies where no other user can go.
So the supervisor of root becomes another user and keeps one capability, CAP_DAC_OVERRIDE, which
lets it enter every directory; the directories themselves do not change.
"""

import ctypes
import os
import pwd
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from intersessional.infra.embedded_postgres.errors import EmbeddedPostgresError

PR_SET_PDEATHSIG = 1
PR_SET_KEEPCAPS = 8
PR_SET_SECUREBITS = 28
SECBIT_NO_SETUID_FIXUP = 1 << 2
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
CAP_DAC_OVERRIDE = 1
CAPABILITY_VERSION_3 = 0x20080522


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Sets(ctypes.Structure):
    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


_libc = ctypes.CDLL(None, use_errno=True)


def drop_root(data: Path) -> None:
    """Become the owner of ``data``, or nobody, for good, when this process runs as root."""
    if os.geteuid() != 0:
        return
    owner = data.stat().st_uid if data.exists() else 0
    try:
        become(owner or pwd.getpwnam("nobody").pw_uid)
    except OSError as error:
        raise EmbeddedPostgresError(
            "PostgreSQL does not run as root, and this system does not let root hand it to another"
            f" user ({error}). Start again as an ordinary user, or set DATABASE_URL."
        ) from error


def become(uid: int) -> None:
    """Become a user, with CAP_DAC_OVERRIDE as the only capability. Raises OSError."""
    if sys.platform != "linux":
        raise OSError("only Linux has capabilities")
    # Else setuid drops the capability, and access(2), by which PostgreSQL looks for its own
    # executables, ignores it.
    if _libc.prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP, 0, 0, 0) != 0:
        # Some containers forbid it; then the checkout must be open to other users.
        _check(_libc.prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0))
    os.setgroups([])
    os.setgid(pwd.getpwnam("nobody").pw_gid)
    os.setuid(uid)
    _set_capabilities(1 << CAP_DAC_OVERRIDE)
    # Only an ambient capability is inherited by an ordinary executable.
    _check(_libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_DAC_OVERRIDE, 0, 0))


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


def _set_capabilities(capabilities: int) -> None:
    header = _Header(version=CAPABILITY_VERSION_3, pid=0)
    low = _Sets(effective=capabilities, permitted=capabilities, inheritable=capabilities)
    _check(_libc.capset(ctypes.byref(header), (_Sets * 2)(low, _Sets())))


def _check(result: int) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
