"""One of the nodes that ``serve --workers`` starts, in a process forked for it."""

import asyncio
import signal
import socket
import sys

import typer

from intersessional.concurrency.tasks import Tasks
from intersessional.infra.cli.event_loop import run
from intersessional.infra.cli.node import serve_node
from intersessional.infra.cli.operator_errors import operator_errors
from intersessional.infra.http.composed_node import ComposedNode
from intersessional.infra.http.server.workers import READY
from intersessional.infra.settings import Settings


def run_worker(
    settings: Settings,
    node: ComposedNode,
    listener: socket.socket,
    parent: socket.socket,
    number: int,
) -> None:
    """Serve on a socket that the parent listens on, until either of both ends.

    Workers are numbered from 1.
    """
    # The tables are migrated.
    ours = settings.model_copy(update={"owner_database_url": None})
    try:
        with operator_errors():
            run(_serve(ours, node, listener, parent, number))
    except typer.Exit as end:
        sys.exit(end.exit_code)


async def _serve(
    settings: Settings,
    node: ComposedNode,
    listener: socket.socket,
    parent: socket.socket,
    number: int,
) -> None:
    async with Tasks() as tasks:
        watch = tasks.create_task(_end_with_parent(parent))
        await serve_node(settings, node, listener, lambda: parent.sendall(READY), worker=number)
        watch.cancel()


async def _end_with_parent(parent: socket.socket) -> None:
    """End this process when its parent has ended, for the kernel then closes the other socket."""
    parent.setblocking(False)
    await asyncio.get_running_loop().sock_recv(parent, 1)
    signal.raise_signal(signal.SIGTERM)
