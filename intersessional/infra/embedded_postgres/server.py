"""Starts and stops one PostgreSQL server."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress

from intersessional.infra.embedded_postgres.binaries import binary
from intersessional.infra.embedded_postgres.errors import EmbeddedPostgresError, tail
from intersessional.infra.embedded_postgres.file_lock import FileLock
from intersessional.infra.embedded_postgres.initdb import ENVIRONMENT
from intersessional.infra.embedded_postgres.paths import SOCKET_NAME, DataPaths
from intersessional.infra.embedded_postgres.postmaster import Postmaster
from intersessional.infra.embedded_postgres.privileges import die_with_parent

POLL_S = 0.01
PREDECESSOR_TIMEOUT_S = 30
START_TIMEOUT_S = 600
"""A server that crashed first replays its WAL, which may take minutes."""


def _settings(paths: DataPaths) -> dict[str, str]:
    socket = str(paths.socket).replace('"', '""')
    return {
        "listen_addresses": "",
        "port": "5432",
        "unix_socket_directories": f'"{socket}"',
        "unix_socket_permissions": "0700",
        "max_connections": "200",
        "fsync": "on",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "logging_collector": "off",
    }


def start(paths: DataPaths) -> subprocess.Popen[bytes]:
    """Start the server as a child process that ends with this one; return when it is ready."""
    with FileLock(paths.server_lock) as lock:
        _wait_for_predecessor(paths, lock)
        server = _spawn(paths, lock)
    if not _wait_until(lambda: _is_ready(paths, server), START_TIMEOUT_S):
        stop(server)
    if server.poll() is not None:
        raise EmbeddedPostgresError(f"PostgreSQL did not start; {paths.log} says:{tail(paths.log)}")
    return server


def stop(server: subprocess.Popen[bytes]) -> None:
    """Stop the server: a fast shutdown that writes all data, SIGQUIT and SIGKILL if it hangs."""
    for signal_number, timeout_s in (
        (signal.SIGINT, 60),
        (signal.SIGQUIT, 10),
        (signal.SIGKILL, 10),
    ):
        server.send_signal(signal_number)
        with suppress(subprocess.TimeoutExpired):
            server.wait(timeout_s)
            return


def _spawn(paths: DataPaths, lock: FileLock) -> subprocess.Popen[bytes]:
    options = [f"--{name}={value}" for name, value in _settings(paths).items()]
    with paths.log.open("ab") as log:
        return subprocess.Popen(
            [str(binary("postgres")), "-D", str(paths.data), *options],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=ENVIRONMENT,
            # SIGINT is PostgreSQL's fast shutdown: sessions end, all data is written.
            preexec_fn=die_with_parent(signal.SIGINT),
            pass_fds=(lock.descriptor,),
        )


def _is_ready(paths: DataPaths, server: subprocess.Popen[bytes]) -> bool:
    if server.poll() is not None:
        return True
    found = Postmaster.read(paths.data)
    return found is not None and found.pid == server.pid and found.is_ready


def _wait_for_predecessor(paths: DataPaths, lock: FileLock) -> None:
    # A server that runs now has lost its supervisor and would never stop.
    found = Postmaster.read(paths.data)
    if found and found.is_running_on(paths.data):
        with suppress(ProcessLookupError):
            os.kill(found.pid, signal.SIGINT)
        if not _wait_until(lambda: not found.is_running_on(paths.data), PREDECESSOR_TIMEOUT_S):
            raise EmbeddedPostgresError(
                f"A server without an owner (pid {found.pid}) works on {paths.data} and does not"
                " stop; end it, then start again."
            )
    if not _wait_until(lock.try_exclusive, PREDECESSOR_TIMEOUT_S):
        raise EmbeddedPostgresError(f"Processes of an ended server still work on {paths.data}.")
    # All processes of that server have ended. Its pid files would block the start wherever another
    # process has its id, as at each start of a container.
    for pid_file in (paths.data / "postmaster.pid", paths.socket / f"{SOCKET_NAME}.lock"):
        pid_file.unlink(missing_ok=True)


def _wait_until(done: Callable[[], bool], timeout_s: float) -> bool:
    deadline = time.monotonic() + timeout_s
    while not done():
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL_S)
    return True
