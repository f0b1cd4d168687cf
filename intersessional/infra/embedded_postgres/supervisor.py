"""The process that runs the server as long as there are leases.

The first lease starts it in a session of its own, so that Ctrl-C in a terminal does not reach the
server. It prints JSON lines for the process that started it: {"progress": message}, then
{"error": message} or {"ready": true}.
"""

import json
import os
import signal
import sys
import time
from collections import deque
from contextlib import suppress
from pathlib import Path
from subprocess import Popen
from threading import Thread

from intersessional.infra.embedded_postgres import initdb, server
from intersessional.infra.embedded_postgres.errors import EmbeddedPostgresError
from intersessional.infra.embedded_postgres.file_lock import FileLock
from intersessional.infra.embedded_postgres.paths import DataPaths
from intersessional.infra.embedded_postgres.privileges import drop_root
from intersessional.infra.embedded_postgres.supervisor_info import SupervisorInfo

CRASHES_PER_MINUTE_MAX = 5
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
            sys.stderr.write(f"{error}\n")
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
    drop_root(paths.data)
    if paths.log.exists() and paths.log.stat().st_size > LOG_BYTES_MAX:
        paths.log.replace(paths.log.with_suffix(".log.1"))
    if paths.data.exists():
        initdb.check_version(paths)
    else:
        _report(progress="Making an empty database; this happens once.")
        initdb.create(paths)
    running = _start(paths, lock)
    _report(ready=True)
    # Never closed: a new lease waits until this process ends, and its server with it.
    leases = FileLock(paths.lease_lock)
    Thread(target=_wait_until_no_lease_is_left, args=(leases, write_end), daemon=True).start()
    _serve(paths, lock, running, signal_pipe)


def _start(paths: DataPaths, lock: FileLock) -> Popen[bytes]:
    SupervisorInfo(pid=os.getpid()).write(lock)
    running = server.start(paths)
    SupervisorInfo(pid=os.getpid(), socket_directory=paths.socket).write(lock)
    return running


def _serve(paths: DataPaths, lock: FileLock, running: Popen[bytes], signal_pipe: int) -> None:
    crashes: deque[float] = deque(maxlen=CRASHES_PER_MINUTE_MAX)
    try:
        while os.read(signal_pipe, 1)[0] == signal.SIGCHLD:
            if running.poll() is None:
                continue
            crashes.append(time.monotonic())
            if len(crashes) == CRASHES_PER_MINUTE_MAX and crashes[-1] - crashes[0] < 60:
                raise EmbeddedPostgresError("The server crashed too often to be started again.")
            running = _start(paths, lock)
    finally:
        server.stop(running)


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
