"""One PostgreSQL server, from its start to its end."""

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
from intersessional.infra.embedded_postgres.privileges import dies_with_its_parent

STEP_SECONDS = 0.01
PREDECESSOR_SECONDS_MAX = 30
START_SECONDS_MAX = 600
"""A crashed server replays its log before it answers, and a long log takes minutes."""


def _settings(layout: DataPaths) -> dict[str, str]:
    socket = str(layout.socket).replace('"', '""')
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


def start(layout: DataPaths) -> subprocess.Popen[bytes]:
    """Start the server as a child that ends with us; answers when it takes connections."""
    with FileLock(layout.server_lock) as lock:
        _wait_for_predecessor(layout, lock)
        server = _spawn(layout, lock)
    if not _until(lambda: _is_ready(layout, server), START_SECONDS_MAX):
        stop(server)
    if server.poll() is not None:
        raise EmbeddedPostgresError(
            f"PostgreSQL did not start; {layout.log} says:{tail(layout.log)}"
        )
    return server


def stop(server: subprocess.Popen[bytes]) -> None:
    """End the server: its sessions first, then everything is on disk; harshly only if it hangs."""
    for by, seconds in ((signal.SIGINT, 60), (signal.SIGQUIT, 10), (signal.SIGKILL, 10)):
        server.send_signal(by)
        with suppress(subprocess.TimeoutExpired):
            server.wait(seconds)
            return


def _spawn(layout: DataPaths, lock: FileLock) -> subprocess.Popen[bytes]:
    options = [f"--{name}={value}" for name, value in _settings(layout).items()]
    with layout.log.open("ab") as log:
        return subprocess.Popen(
            [str(binary("postgres")), "-D", str(layout.data), *options],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=ENVIRONMENT,
            # SIGINT is PostgreSQL's fast shutdown: sessions end, everything is written.
            preexec_fn=dies_with_its_parent(signal.SIGINT),
            pass_fds=(lock.descriptor,),
        )


def _is_ready(layout: DataPaths, server: subprocess.Popen[bytes]) -> bool:
    if server.poll() is not None:
        return True
    found = Postmaster.found_in(layout.data)
    return found is not None and found.pid == server.pid and found.is_ready


def _wait_for_predecessor(layout: DataPaths, lock: FileLock) -> None:
    # Whoever serves this data now has lost its keeper, and would never be told to stop.
    found = Postmaster.found_in(layout.data)
    if found and found.serves(layout.data):
        with suppress(ProcessLookupError):
            os.kill(found.pid, signal.SIGINT)
        if not _until(lambda: not found.serves(layout.data), PREDECESSOR_SECONDS_MAX):
            raise EmbeddedPostgresError(
                f"A server without an owner (pid {found.pid}) works on {layout.data} and does not"
                " stop; end it, then start again."
            )
    if not _until(lock.try_exclusive, PREDECESSOR_SECONDS_MAX):
        raise EmbeddedPostgresError(f"Processes of an ended server still work on {layout.data}.")
    # All of that server's processes are gone. Its notes would now keep us from starting wherever
    # another process has its number, as happens each time a container starts.
    for note in (layout.data / "postmaster.pid", layout.socket / f"{SOCKET_NAME}.lock"):
        note.unlink(missing_ok=True)


def _until(done: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() > deadline:
            return False
        time.sleep(STEP_SECONDS)
    return True
