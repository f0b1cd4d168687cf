"""The process that runs the server for as long as anyone leases it.

Started by the first who needs the server, in a session of its own: a terminal's Ctrl-C reaches
whoever uses the server, not the server under them. It answers the one who started it in JSON lines:
{"progress": sentence}, then {"refused": sentence} or {"ready": true}, and nothing more.
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
from intersessional.infra.embedded_postgres.privileges import give_up_root
from intersessional.infra.embedded_postgres.supervisor_info import SupervisorInfo

CRASHES_A_MINUTE_MAX = 5
LOG_BYTES_MAX = 10_000_000
NOBODY_LEFT = b"\0"
"""News as bytes: a signal's number, or this, which is none's."""


def main() -> None:
    """Keep the server of the two directories in the arguments, unless someone does already."""
    layout = DataPaths(home=Path(sys.argv[1]), socket=Path(sys.argv[2]))
    with FileLock(layout.keeper_lock) as lock:
        if not _take(lock):
            return
        try:
            _keep(layout, lock)
        except EmbeddedPostgresError as refused:
            sys.stderr.write(f"{refused}\n")
            _say(refused=str(refused))
        finally:
            lock.write("")


def _take(lock: FileLock) -> bool:
    # Someone who only looks whether a keeper is there holds the lock for an instant.
    for _ in range(50):
        if lock.try_exclusive():
            SupervisorInfo(keeper=os.getpid()).give(lock)
            return True
        time.sleep(0.01)
    return False


def _keep(layout: DataPaths, lock: FileLock) -> None:
    news, tell = _news()
    give_up_root(layout.data)
    if layout.log.exists() and layout.log.stat().st_size > LOG_BYTES_MAX:
        layout.log.replace(layout.log.with_suffix(".log.1"))
    if layout.data.exists():
        initdb.must_be_readable(layout)
    else:
        _say(progress="Making an empty database; this happens once.")
        initdb.make(layout)
    running = _start(layout, lock)
    _say(ready=True)
    # Never closed: while the server stops, whoever wants a lease has to wait for our end.
    leases = FileLock(layout.lease_lock)
    Thread(target=_wait_until_nobody_is_left, args=(leases, tell), daemon=True).start()
    _serve(layout, lock, running, news)


def _start(layout: DataPaths, lock: FileLock) -> Popen[bytes]:
    SupervisorInfo(keeper=os.getpid()).give(lock)
    running = server.start(layout)
    SupervisorInfo(keeper=os.getpid(), socket_directory=layout.socket).give(lock)
    return running


def _serve(layout: DataPaths, lock: FileLock, running: Popen[bytes], news: int) -> None:
    crashes: deque[float] = deque(maxlen=CRASHES_A_MINUTE_MAX)
    try:
        while os.read(news, 1)[0] == signal.SIGCHLD:
            if running.poll() is None:
                continue
            crashes.append(time.monotonic())
            if len(crashes) == CRASHES_A_MINUTE_MAX and crashes[-1] - crashes[0] < 60:
                raise EmbeddedPostgresError("The server crashed too often to be started again.")
            running = _start(layout, lock)
    finally:
        server.stop(running)


def _news() -> tuple[int, int]:
    # A pipe keeps every signal until it is read; a handler could come just before a blocking call.
    news, tell = os.pipe()
    os.set_blocking(tell, False)
    signal.set_wakeup_fd(tell)
    for number in (signal.SIGCHLD, signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda _number, _frame: None)
    return news, tell


def _wait_until_nobody_is_left(leases: FileLock, tell: int) -> None:
    leases.wait_exclusive()
    os.write(tell, NOBODY_LEFT)


def _say(**words: str | bool) -> None:
    # Whoever asked may have been killed meanwhile; then its lease is gone too, and we end soon.
    with suppress(BrokenPipeError):
        os.write(sys.stdout.fileno(), json.dumps(words).encode() + b"\n")


if __name__ == "__main__":
    main()
