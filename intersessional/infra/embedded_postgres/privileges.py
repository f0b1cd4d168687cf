"""What PostgreSQL's processes may do, and how long they live: Linux's prctl and capset.

PostgreSQL refuses to run as root, and a checkout of root's often lies where no other user can go.
So root's keeper becomes another user but keeps one capability, CAP_DAC_OVERRIDE, which passes
through every directory; the directories themselves stay as they are.
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


def give_up_root(data: Path) -> None:
    """Become the owner of `data`, or nobody, for good; does nothing for a process not of root's."""
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
    """Be that user from now on, with CAP_DAC_OVERRIDE as the only capability; raises OSError."""
    if sys.platform != "linux":
        raise OSError("only Linux has capabilities")
    # Else the capability goes with root's number, and access(2), by which PostgreSQL looks for its
    # own programmes, would answer as if there were none.
    if _libc.prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP, 0, 0, 0) != 0:
        # Root of some containers may not; there it does for a checkout that anyone can go to.
        _check(_libc.prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0))
    os.setgroups([])
    os.setgid(pwd.getpwnam("nobody").pw_gid)
    os.setuid(uid)
    _keep_only(1 << CAP_DAC_OVERRIDE)
    # An ambient capability is the only kind that an ordinary programme inherits.
    _check(_libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_DAC_OVERRIDE, 0, 0))


def dies_with_its_parent(by: signal.Signals) -> Callable[[], None]:
    """What a child runs before it becomes another programme, so that `by` ends it with its parent.

    Linux ties this to the parent's thread, so the thread that starts the child must be its last.
    """
    parent = os.getpid()

    def bind() -> None:
        if sys.platform == "linux":
            _check(_libc.prctl(PR_SET_PDEATHSIG, by, 0, 0, 0))
        if os.getppid() != parent:
            os._exit(1)

    return bind


def _keep_only(capabilities: int) -> None:
    header = _Header(version=CAPABILITY_VERSION_3, pid=0)
    low = _Sets(effective=capabilities, permitted=capabilities, inheritable=capabilities)
    _check(_libc.capset(ctypes.byref(header), (_Sets * 2)(low, _Sets())))


def _check(result: int) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
