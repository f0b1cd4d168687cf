"""Serves the record from one process or several, for the commands that do so."""

from collections.abc import Callable
from functools import partial
from typing import Annotated

import typer

from intersessional.infra.backend import Backend
from intersessional.infra.cli.event_loop import run
from intersessional.infra.cli.node import Prepare, serve_node
from intersessional.infra.cli.output import note_in
from intersessional.infra.cli.worker import run_worker
from intersessional.infra.garbage_collection import tune_garbage_collection
from intersessional.infra.http.composed_node import compose_node
from intersessional.infra.http.server.fork_server import ForkServer
from intersessional.infra.http.server.listener import listen, url_of
from intersessional.infra.http.server.workers import Workers
from intersessional.infra.logging_setup import log_to_stderr
from intersessional.infra.postgres.database import database
from intersessional.infra.settings import Settings
from intersessional.infra.signals import on_first_signal
from intersessional.plugins.composition import Composition, installed_plugins

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

Hint = Callable[[str], None]
"""Prints what can be done now; gets the server's address."""


def serve_record(
    settings: Settings,
    prepare: Prepare | None = None,
    hint: Hint | None = None,
    *,
    workers: int = 1,
) -> None:
    """Serve until a signal; prints ``ready`` and the address once the views are built."""
    log_to_stderr(settings.log_level, settings.log_format)
    # A taken port is told at once: composing takes a second.
    with listen(settings.host, settings.port) as listener:
        node = compose_node(installed_plugins(), settings.mode)
        url = url_of(listener)

        def ready() -> None:
            if hint:
                hint(url)
            typer.echo(f"ready {url}")

        if workers == 1:
            run(serve_node(settings, node, listener, ready, prepare))
            return
        # What was imported and composed is shared by all workers, as long as nobody looks for
        # garbage in it.
        tune_garbage_collection()
        worker = partial(run_worker, settings, node, listener)
        with ForkServer.start(worker) as fork_server:
            run(
                _serve_with_workers(
                    settings, node.composition, fork_server, ready, prepare, workers
                )
            )


async def _serve_with_workers(
    settings: Settings,
    composition: Composition,
    fork_server: ForkServer,
    ready: Callable[[], None],
    prepare: Prepare | None,
    workers: int,
) -> None:
    """Serve from several processes until a signal."""
    # The embedded database, if it is used, runs on while workers end and start.
    async with database(settings, note_in(settings.log_format)):
        # Opening the backend here reports a wrong setting once, not once for each worker.
        opened = Backend.open(
            settings, composition=composition, progress=note_in(settings.log_format)
        )
        async with opened as backend:
            if prepare:
                await prepare(backend)
        nodes = Workers(count=workers, fork_server=fork_server)
        on_first_signal(lambda _: nodes.end.set())
        await nodes.serve(ready)
