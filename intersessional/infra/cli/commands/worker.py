"""``intersessional worker``: one of the nodes that ``serve --workers`` starts."""

import asyncio
import os
import signal
import socket
import sys

from intersessional.concurrency.tasks import Tasks
from intersessional.infra.cli.event_loop import run
from intersessional.infra.cli.serving import serve_node
from intersessional.infra.http.composed_node import ComposedNode, compose_node
from intersessional.infra.http.server.workers import READY
from intersessional.infra.logging_setup import log_to_stderr
from intersessional.infra.settings import Settings, load_settings
from intersessional.plugins.composition import installed_plugins


def worker(descriptor: int, number: int) -> None:
    """Serve on a socket that the parent listens on, until either of both ends.

    Workers are numbered from 1.
    """
    settings = load_settings()
    log_to_stderr(settings.log_level, settings.log_format)
    node = compose_node(installed_plugins(), settings.mode)
    with socket.socket(fileno=descriptor) as listener:
        run(_serve(settings, node, listener, number))


async def _serve(
    settings: Settings, node: ComposedNode, listener: socket.socket, number: int
) -> None:
    def ready() -> None:
        os.write(sys.stdin.fileno(), READY)

    async with Tasks() as tasks:
        watch = tasks.create_task(_end_with_parent())
        await serve_node(settings, node, listener, ready, worker=number)
        watch.cancel()


async def _end_with_parent() -> None:
    """End this process when its parent has ended: the kernel then closes the pipe on stdin."""
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    await reader.read()
    signal.raise_signal(signal.SIGTERM)
