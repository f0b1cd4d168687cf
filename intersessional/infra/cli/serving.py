"""Opens the backend and serves it, for the commands that do so."""

import gc
import os
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Annotated

import typer

from intersessional.infra.backend import Backend
from intersessional.infra.cli.event_loop import run
from intersessional.infra.cli.output import print_note
from intersessional.infra.http.app import open_app
from intersessional.infra.http.server.listener import listen, url_of
from intersessional.infra.http.server.rlimits import raise_open_files_limit
from intersessional.infra.http.server.server import serve
from intersessional.infra.http.server.workers import Workers
from intersessional.infra.logging_setup import log_to_stderr
from intersessional.infra.postgres.database import database
from intersessional.infra.settings import Settings
from intersessional.infra.signals import on_first_signal
from intersessional.projections.kernel.view_errors import ViewsStopped

WORKERS_MAX = 128
"""A larger number is a typing error, and would use up the machine."""

WorkerCount = Annotated[
    int,
    typer.Option(
        "--workers",
        "--nodes",
        min=1,
        max=WORKERS_MAX,
        help="The number of nodes; one for each core is best.",
    ),
]

Prepare = Callable[[Backend], Awaitable[None]]
"""Runs before anything is served."""

Hint = Callable[[str], None]
"""Prints what can be done now; gets the server's address."""


def serve_record(
    settings: Settings,
    prepare: Prepare | None = None,
    hint: Hint | None = None,
    *,
    workers: int = 1,
) -> None:
    """Serve until a signal; prints ``ready`` and the address when the server answers."""
    log_to_stderr()
    with listen(settings.host, settings.port) as listener:
        url = url_of(listener)

        def ready() -> None:
            typer.echo(f"ready {url}")
            if hint:
                hint(url)

        if workers == 1:
            run(serve_node(settings, listener, ready, prepare))
        else:
            run(_serve_with_workers(settings, listener, ready, prepare, workers))


def _tune_garbage_collection() -> None:
    """Exclude the objects of start-up from collection, which would pause the server for 0.2 s."""
    gc.collect()
    gc.freeze()
    # The interpreter's own threshold doubles the cost of many concurrent queries.
    gc.set_threshold(50_000, 20, 100)


async def serve_node(
    settings: Settings,
    listener: socket.socket,
    ready: Callable[[], None],
    prepare: Prepare | None = None,
) -> None:
    """Serve from this process until a signal."""
    raise_open_files_limit(settings.sockets_max)
    async with Backend.open(settings, progress=print_note) as backend:
        if prepare:
            await prepare(backend)
        # A server whose views have all stopped still serves: /health reports them.
        with suppress(ViewsStopped):
            await backend.reader.wait_until_reached(await backend.record.head())
        async with open_app(backend) as app:
            _tune_garbage_collection()
            await serve(app, listener, ready=ready, ending=app.state.drain)


async def _serve_with_workers(
    settings: Settings,
    listener: socket.socket,
    ready: Callable[[], None],
    prepare: Prepare | None,
    workers: int,
) -> None:
    """Serve from several processes until a signal."""
    # The embedded database, if it is used, runs on while workers end and start.
    async with database(settings, print_note):
        # Opening the backend here reports a wrong setting once, not once for each worker.
        async with Backend.open(settings, progress=print_note) as backend:
            if prepare:
                await prepare(backend)
        _tune_garbage_collection()
        environment = os.environ | {"INTERSESSIONAL_MODE": settings.mode.value}
        nodes = Workers(count=workers, listener=listener, environment=environment)
        on_first_signal(lambda _: nodes.end.set())
        await nodes.serve(ready)
