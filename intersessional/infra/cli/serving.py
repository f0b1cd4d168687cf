"""Opens the backend and serves it, for the commands that do so."""

import asyncio
import gc
import logging
import os
import socket
import time
from collections.abc import Awaitable, Callable, Generator
from contextlib import AsyncExitStack, contextmanager
from typing import Annotated

import typer

from intersessional import __version__
from intersessional.concurrency.tasks import Tasks
from intersessional.infra.backend import Backend
from intersessional.infra.cli.event_loop import run
from intersessional.infra.cli.output import note_in
from intersessional.infra.connections.open_connections import OpenConnections
from intersessional.infra.http.app import open_app
from intersessional.infra.http.composed_node import ComposedNode, compose_node
from intersessional.infra.http.server.listener import listen, url_of
from intersessional.infra.http.server.rlimits import raise_open_files_limit
from intersessional.infra.http.server.server import serve
from intersessional.infra.http.server.workers import Workers
from intersessional.infra.logging_setup import log_to_stderr
from intersessional.infra.metrics.metrics_server import serving_metrics
from intersessional.infra.postgres.database import database
from intersessional.infra.settings import Settings
from intersessional.infra.settings_summary import settings_summary
from intersessional.infra.signals import on_first_signal
from intersessional.infra.tracing.tracing_setup import tracing_to
from intersessional.plugins.composition import Composition, installed_plugins

logger = logging.getLogger(__name__)

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
        else:
            run(_serve_with_workers(settings, node.composition, listener, ready, prepare, workers))


@contextmanager
def _logging_start_and_end(settings: Settings, worker: int | None = None) -> Generator[None]:
    """Log a line with the version and the settings, and one at the end, whatever ends it."""
    started_at = time.monotonic()
    shown = settings_summary(settings)
    facts = {"version": __version__, "pid": os.getpid(), "settings": shown}
    name = "intersessional" if worker is None else f"worker {worker} of intersessional"
    logger.info(
        "%s %s starts as process %d; %s; %s",
        name,
        __version__,
        os.getpid(),
        "the database of DATABASE_URL" if settings.database_url else "the embedded database",
        " ".join(f"{variable}={value}" for variable, value in shown.items()) or "no settings",
        extra=facts,
    )
    try:
        yield
    finally:
        logger.info("%s ends after %.0f s", name, time.monotonic() - started_at)


def tune_garbage_collection() -> None:
    """Exclude the objects of start-up from collection, which would pause the server for 0.2 s."""
    gc.collect()
    gc.freeze()
    # The interpreter's own threshold doubles the cost of many concurrent queries.
    gc.set_threshold(50_000, 20, 10)


async def serve_node(
    settings: Settings,
    node: ComposedNode,
    listener: socket.socket,
    ready: Callable[[], None],
    prepare: Prepare | None = None,
    *,
    worker: int | None = None,
) -> None:
    """Serve from this process until a signal; ``worker`` is its number, from 1."""
    opened = Backend.open(
        settings, composition=node.composition, progress=note_in(settings.log_format)
    )
    async with opened as backend:
        if prepare:
            await prepare(backend)
        with _logging_start_and_end(settings, worker):
            await _serve(backend, node, listener, ready, worker)


async def _serve(
    backend: Backend,
    node: ComposedNode,
    listener: socket.socket,
    ready: Callable[[], None],
    worker: int | None,
) -> None:
    settings = backend.settings
    connections_max = raise_open_files_limit(settings.connections_max)
    connections = OpenConnections.of(settings, connections_max)
    async with AsyncExitStack() as stack:
        stack.enter_context(tracing_to(settings.otlp_endpoint))
        app = await stack.enter_async_context(open_app(backend, node))
        app.state.metrics.open_connections = connections
        if settings.metrics_port is not None:
            # Each worker has a port of its own: a shared one would show any of them.
            port = settings.metrics_port + (worker or 1) - 1
            served = serving_metrics(app.state.metrics, settings.metrics_host, port)
            logger.info("metrics are at port %d", stack.enter_context(served))
        tasks = await stack.enter_async_context(Tasks())
        tune_garbage_collection()
        backend.health.is_starting = True
        serving = asyncio.Event()
        announcing = tasks.create_task(_announce(backend, serving, ready))
        await serve(app, listener, connections, ready=serving.set, ending=app.state.drain)
        announcing.cancel()


async def _announce(backend: Backend, serving: asyncio.Event, ready: Callable[[], None]) -> None:
    """Call ``ready`` once requests are accepted and the views of this version are built.

    Meanwhile queries read the views of the version before, and the health says so.
    """
    await serving.wait()
    await backend.projector.progress.wait_until_built(await backend.record.head())
    backend.health.is_starting = False
    ready()


async def _serve_with_workers(
    settings: Settings,
    composition: Composition,
    listener: socket.socket,
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
        tune_garbage_collection()
        environment = os.environ | {"INTERSESSIONAL_MODE": settings.mode.value}
        # The tables are migrated.
        environment.pop("INTERSESSIONAL_OWNER_DATABASE_URL", None)
        nodes = Workers(count=workers, listener=listener, environment=environment)
        on_first_signal(lambda _: nodes.end.set())
        await nodes.serve(ready)
