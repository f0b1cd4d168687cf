"""Ordinary users, in directories of tests that only root can enter."""

import ctypes
import os
import pwd
import sys

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


def _set_capabilities(capabilities: int) -> None:
    header = _Header(version=CAPABILITY_VERSION_3, pid=0)
    low = _Sets(effective=capabilities, permitted=capabilities, inheritable=capabilities)
    _check(_libc.capset(ctypes.byref(header), (_Sets * 2)(low, _Sets())))


def _check(result: int) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
