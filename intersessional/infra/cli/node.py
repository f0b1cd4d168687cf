"""Opens the backend and serves it from this process."""

import asyncio
import logging
import os
import socket
import time
from collections.abc import Awaitable, Callable, Generator
from contextlib import AsyncExitStack, contextmanager

from intersessional import __version__
from intersessional.concurrency.tasks import Tasks
from intersessional.infra.backend import Backend
from intersessional.infra.cli.output import note_in
from intersessional.infra.connections.open_connections import OpenConnections
from intersessional.infra.garbage_collection import tune_garbage_collection
from intersessional.infra.http.app import open_app
from intersessional.infra.http.composed_node import ComposedNode
from intersessional.infra.http.server.rlimits import raise_open_files_limit
from intersessional.infra.http.server.server import serve
from intersessional.infra.metrics.metrics_server import serving_metrics
from intersessional.infra.settings import Settings
from intersessional.infra.settings_summary import settings_summary
from intersessional.infra.tracing.tracing_setup import tracing_to

logger = logging.getLogger(__name__)

Prepare = Callable[[Backend], Awaitable[None]]
"""Runs before anything is served."""


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
