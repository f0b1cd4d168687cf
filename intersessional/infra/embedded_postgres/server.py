"""Starts and stops one PostgreSQL server."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from intersessional.infra.embedded_postgres.errors import EmbeddedPostgresError, tail
from intersessional.infra.embedded_postgres.file_lock import FileLock
from intersessional.infra.embedded_postgres.host_based_authentication import write_rules
from intersessional.infra.embedded_postgres.initdb import ENVIRONMENT, WORKING_DIRECTORY
from intersessional.infra.embedded_postgres.paths import SOCKET_NAME, DataPaths
from intersessional.infra.embedded_postgres.postmaster import Postmaster
from intersessional.infra.embedded_postgres.privileges import ServerUser, die_with_parent

POLL_S = 0.01
PREDECESSOR_TIMEOUT_S = 30
START_TIMEOUT_S = 600
"""A server that crashed first replays its WAL, which may take minutes."""


def _settings(socket_directory: str) -> dict[str, str]:
    socket = socket_directory.replace('"', '""')
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


def start(paths: DataPaths, programs: Path, user: ServerUser | None) -> subprocess.Popen[bytes]:
    """Start the server as a child process that ends with this one; return when it is ready."""
    with FileLock(paths.server_lock) as lock:
        _wait_for_predecessor(paths, lock)
        write_rules(paths.data)
        server = _spawn(paths, programs, user, lock)
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


def _spawn(
    paths: DataPaths, programs: Path, user: ServerUser | None, lock: FileLock
) -> subprocess.Popen[bytes]:
    # Another user than root cannot enter the directories above these two: they are entered before.
    socket = os.open(paths.socket, os.O_RDONLY | os.O_DIRECTORY)
    data = WORKING_DIRECTORY if user else str(paths.data)
    settings = _settings(f"/proc/self/fd/{socket}" if user else str(paths.socket))
    try:
        with paths.log.open("ab") as log:
            return subprocess.Popen(
                [
                    *(str(programs / "postgres"), "-D", data),
                    *(f"--{name}={value}" for name, value in settings.items()),
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=ENVIRONMENT,
                cwd=paths.data,
                # SIGINT is PostgreSQL's fast shutdown: sessions end, all data is written.
                preexec_fn=die_with_parent(signal.SIGINT),
                pass_fds=(lock.descriptor, socket) if user else (lock.descriptor,),
                user=user.uid if user else None,
                group=user.gid if user else None,
                extra_groups=[] if user else None,
            )
    finally:
        os.close(socket)


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
