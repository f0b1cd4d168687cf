"""Workers that do nothing, in processes that say on standard output what becomes of them."""

import asyncio
import random
import socket
import sys
from collections.abc import Awaitable, Callable
from functools import partial

import psutil

from intersessional.infra.http.server.fork_server import ForkServer
from intersessional.infra.http.server.workers import READY, WorkerError, Workers

Scenario = Callable[[Workers], Awaitable[None]]

LINES = 20_000


def second_fails() -> None:
    """The second of two workers ends before it is ready."""
    _run(_second_fails, _serve)


def both_print() -> None:
    """Two workers print what is longer than a pipe, and a random number, before they are ready."""
    _run(_print, _serve_until_ready)


def ended_before_ready() -> None:
    """The order to end comes when two workers have started and are not ready."""
    _run(_wait, _end_when_started)


def fork_server_killed() -> None:
    """The fork server is killed, then one of its workers."""
    _run(_be_ready, _kill_fork_server)


def _run(worker: Callable[[socket.socket, int], None], scenario: Scenario) -> None:
    with ForkServer.start(worker) as fork_server:
        asyncio.run(_say(partial(scenario, Workers(count=2, fork_server=fork_server))))


async def _say(scenario: Callable[[], Awaitable[None]]) -> None:
    try:
        await scenario()
    except WorkerError as error:
        print(error)  # noqa: T201
    print(f"{len(_workers())} workers are left")  # noqa: T201


def _workers() -> list[psutil.Process]:
    return [worker for server in psutil.Process().children() for worker in server.children()]


async def _serve(workers: Workers) -> None:
    await workers.serve(lambda: print("ready"))  # noqa: T201


async def _serve_until_ready(workers: Workers) -> None:
    await workers.serve(workers.end.set)


async def _end_when_started(workers: Workers) -> None:
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(_serve(workers))
        while len(_workers()) < 2:  # noqa: ASYNC110  A process rings no bell.
            await asyncio.sleep(0.01)
        workers.end.set()


async def _kill_fork_server(workers: Workers) -> None:
    [fork_server] = psutil.Process().children()

    def kill() -> None:
        [killed, _] = fork_server.children()
        fork_server.kill()
        fork_server.wait()
        killed.kill()

    await workers.serve(kill)


def _second_fails(parent: socket.socket, number: int) -> None:
    if number == 2:
        sys.exit(3)
    _wait(parent, number)


def _print(parent: socket.socket, number: int) -> None:
    sys.stdout.write("hello\n" * LINES + f"random {random.random()}\n")
    sys.stdout.flush()
    _be_ready(parent, number)


def _be_ready(parent: socket.socket, number: int) -> None:
    parent.sendall(READY)
    _wait(parent, number)


def _wait(parent: socket.socket, _: int) -> None:
    parent.recv(1)
