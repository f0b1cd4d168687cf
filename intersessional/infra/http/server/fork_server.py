"""The process from which workers are forked: all is imported in it, and it has no event loop.

The one that runs the workers has an event loop and connections, which a fork would share. This one
has a single thread and waits; it reaps the workers, and tells how each ended.
"""

import multiprocessing
import os
import signal
import socket
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import wait
from multiprocessing.context import ForkProcess
from typing import Self

STARTED = b"started %d\n"
"""What this process writes into the socket of a worker: its process id, then its exit code."""
ENDED = b"ended %d\n"
_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_PROCESSES = multiprocessing.get_context("fork")

RunWorker = Callable[[socket.socket, int], None]
"""Runs a worker with the socket to its parent and its number, in the process forked for it."""


@dataclass(frozen=True, slots=True)
class ForkServer:
    """The fork server as the process that started it sees it."""

    requests: socket.socket

    @classmethod
    @contextmanager
    def start(cls, run: RunWorker) -> Generator[Self]:
        """Start it, and wait for its end afterwards; no thread and no event loop may run."""
        ours, theirs = socket.socketpair()
        process = _PROCESSES.Process(target=_serve, args=(ours, theirs, run))
        with theirs:
            process.start()
        try:
            yield cls(ours)
        finally:
            ours.close()
            process.join()

    def fork(self, number: int) -> socket.socket:
        """Start a worker, and return the socket that it writes to; its number is 1 to 255.

        It ends when this socket is closed. Raises OSError when the fork server has ended.
        """
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                socket.send_fds(self.requests, [bytes([number])], [theirs.fileno()])
            except OSError:
                ours.close()
                raise
        return ours


def _serve(parents_end: socket.socket, requests: socket.socket, run: RunWorker) -> None:
    """Fork workers until the parent closes its end, as the kernel does when it is killed."""
    parents_end.close()
    # Those of a terminal or a service manager are for the parent, which then ends all.
    signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    workers: dict[int, tuple[ForkProcess, socket.socket]] = {}
    while True:
        ready = wait([requests, *workers])
        for sentinel in workers.keys() & ready:
            process, worker = workers.pop(sentinel)
            process.join()
            with worker, suppress(OSError):
                worker.sendall(ENDED % process.exitcode)
        if requests in ready:
            number, descriptors, _, _ = socket.recv_fds(requests, 1, 1)
            if not descriptors:
                return
            worker = socket.socket(fileno=descriptors[0])
            others = [requests, *(other for _, other in workers.values())]
            process = _PROCESSES.Process(target=_run, args=(run, worker, number[0], others))
            process.start()
            with suppress(OSError):
                worker.sendall(STARTED % process.pid)
            workers[process.sentinel] = process, worker


def _run(run: RunWorker, parent: socket.socket, number: int, others: list[socket.socket]) -> None:
    # A terminal's Ctrl-C must reach the parent only, which stops each worker once.
    os.setsid()
    # A signal that has come meanwhile is delivered now.
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
    for other in others:
        other.close()
    with parent:
        run(parent, number)
