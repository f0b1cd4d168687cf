"""The process that runs the server as long as there are leases.

The first lease starts it in a session of its own, so that Ctrl-C in a terminal does not reach the
server. It prints JSON lines for the process that started it: {"progress": message}, then
{"error": message} or {"ready": true}. From then on it starts a server that has crashed again, more
and more slowly while that fails, until the last lease ends.
"""

import json
import os
import select
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from subprocess import Popen
from threading import Thread

from intersessional.infra.embedded_postgres import initdb, server
from intersessional.infra.embedded_postgres.errors import EmbeddedPostgresError
from intersessional.infra.embedded_postgres.file_lock import FileLock
from intersessional.infra.embedded_postgres.installation import installation
from intersessional.infra.embedded_postgres.orphans import adopt_orphans, wait_for_orphans
from intersessional.infra.embedded_postgres.paths import DataPaths
from intersessional.infra.embedded_postgres.privileges import ServerUser, server_user
from intersessional.infra.embedded_postgres.supervisor_info import SupervisorInfo

Start = Callable[[], Popen[bytes]]
"""Starts the server; returns when it is ready."""

RESTART_MIN_S = 0.1
RESTART_MAX_S = 60.0
"""The pauses before a restart: doubled each time, unless the server has run for this long."""
LOG_BYTES_MAX = 10_000_000
NO_LEASE_LEFT = b"\0"
"""The byte in the signal pipe that is no signal's number."""


def main() -> None:
    """Run the server of the two directories in the arguments, if no other supervisor does."""
    paths = DataPaths(home=Path(sys.argv[1]), socket=Path(sys.argv[2]))
    with FileLock(paths.supervisor_lock) as lock:
        if not _acquire(lock):
            return
        try:
            _supervise(paths, lock)
        except EmbeddedPostgresError as error:
            _log(str(error))
            _report(error=str(error))
        finally:
            lock.write("")


def _acquire(lock: FileLock) -> bool:
    # A process that looks for a supervisor holds the lock for an instant.
    for _ in range(50):
        if lock.try_exclusive():
            SupervisorInfo(pid=os.getpid()).write(lock)
            return True
        time.sleep(0.01)
    return False


def _supervise(paths: DataPaths, lock: FileLock) -> None:
    signal_pipe, write_end = _open_signal_pipe()
    adopt_orphans()
    user = server_user(paths.data)
    with installation(paths.home, user) as programs:
        start = partial(_start, paths, lock, programs, user)
        running = _start_first(paths, programs, user, start)
        _report(ready=True)
        # Never closed: a new lease waits until this process ends, and its server with it.
        leases = FileLock(paths.lease_lock)
        Thread(target=_wait_until_no_lease_is_left, args=(leases, write_end), daemon=True).start()
        _serve(running, start, signal_pipe)


def _start_first(
    paths: DataPaths, programs: Path, user: ServerUser | None, start: Start
) -> Popen[bytes]:
    """Start the server, on new data where there is none."""
    if paths.log.exists() and paths.log.stat().st_size > LOG_BYTES_MAX:
        paths.log.replace(paths.log.with_suffix(".log.1"))
    if paths.data.exists():
        initdb.check_version(paths)
    else:
        _report(progress="Making an empty database; this happens once.")
        initdb.create(paths, programs, user)
    if user and paths.socket != paths.data:
        user.give(paths.socket)
    return start()


def _start(
    paths: DataPaths, lock: FileLock, programs: Path, user: ServerUser | None
) -> Popen[bytes]:
    SupervisorInfo(pid=os.getpid()).write(lock)
    running = server.start(paths, programs, user)
    SupervisorInfo(pid=os.getpid(), socket_directory=paths.socket).write(lock)
    return running


def _serve(running: Popen[bytes], start: Start, signal_pipe: int) -> None:
    server_process: Popen[bytes] | None = running
    started_at, pause_s = time.monotonic(), 0.0
    try:
        while True:
            if server_process is not None and server_process.poll() is not None:
                _log(f"the server has ended with {server_process.returncode}")
                if time.monotonic() - started_at > RESTART_MAX_S:
                    pause_s = 0.0
                server_process = None
            wait_for_orphans(None if server_process is None else server_process.pid)
            if server_process is None:
                if _is_told_to_end(signal_pipe, pause_s):
                    return
                pause_s = min(max(2 * pause_s, RESTART_MIN_S), RESTART_MAX_S)
                started_at = time.monotonic()
                server_process = _try_start(start, pause_s)
            elif _is_told_to_end(signal_pipe, None):
                return
    finally:
        if server_process is not None:
            server.stop(server_process)


def _try_start(start: Start, pause_s: float) -> Popen[bytes] | None:
    """Start the server again; None, with a line in the log, where it does not start."""
    try:
        return start()
    except (EmbeddedPostgresError, OSError) as error:
        _log(f"{error}\nthe server is started again in {pause_s:.1f} s")
        return None


def _is_told_to_end(signal_pipe: int, timeout_s: float | None) -> bool:
    """Wait for the end of a server, which is no order to end, or for the time to pass."""
    deadline = None if timeout_s is None else time.monotonic() + timeout_s
    while True:
        left_s = None if deadline is None else max(0.0, deadline - time.monotonic())
        readable, _, _ = select.select([signal_pipe], [], [], left_s)
        if not readable:
            return False
        if os.read(signal_pipe, 1)[0] != signal.SIGCHLD:
            return True
        if deadline is None:
            return False


def _log(message: str) -> None:
    # A full disk must not end the supervisor.
    with suppress(OSError):
        sys.stderr.write(f"supervisor: {message}\n")
        sys.stderr.flush()


def _open_signal_pipe() -> tuple[int, int]:
    # A pipe holds every signal until it is read; a handler could run just before a blocking call.
    read_end, write_end = os.pipe()
    os.set_blocking(write_end, False)
    signal.set_wakeup_fd(write_end)
    for number in (signal.SIGCHLD, signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda _number, _frame: None)
    return read_end, write_end


def _wait_until_no_lease_is_left(leases: FileLock, write_end: int) -> None:
    leases.wait_exclusive()
    os.write(write_end, NO_LEASE_LEFT)


def _report(**message: str | bool) -> None:
    # A process that was killed meanwhile has lost its lease too, so this one ends soon.
    with suppress(BrokenPipeError):
        os.write(sys.stdout.fileno(), json.dumps(message).encode() + b"\n")


if __name__ == "__main__":
    main()
