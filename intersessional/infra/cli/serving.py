"""Opens the record and serves it, for the commands that do."""

import gc
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from intersessional.infra.backend import Backend
    from intersessional.infra.settings import Settings

WORKERS_MAX = 128
"""More than that is a slip of the hand, and would take the whole machine."""

Workers = Annotated[
    int,
    typer.Option(
        "--workers",
        "--nodes",
        min=1,
        max=WORKERS_MAX,
        help="How many nodes share the work: one a core.",
    ),
]

Prepare = Callable[["Backend"], Awaitable[None]]
"""Does what must be done before anything is served."""

Hint = Callable[[str], None]
"""Tells what can be done now, with the server's address."""


def serve_record(
    settings: "Settings",
    prepare: Prepare | None = None,
    hint: Hint | None = None,
    *,
    workers: int = 1,
) -> None:
    """Serve until told to end; prints `ready` and the address exactly when it answers."""
    from intersessional.infra.cli.event_loop import run
    from intersessional.infra.http.server.listener import listen, url_of
    from intersessional.infra.logging_setup import log_to_stderr

    # What is imported and opened stays; looking for garbage in it takes a tenth of the start.
    gc.disable()
    log_to_stderr()
    # Before anything else is even imported: whoever finds the port taken is told at once.
    with listen(settings.host, settings.port) as listener:
        url = url_of(listener)

        def ready() -> None:
            typer.echo(f"ready {url}")
            if hint:
                hint(url)

        if workers == 1:
            run(serve_node(settings, listener, ready, prepare))
        else:
            run(_serve_many(settings, listener, ready, prepare, workers))


def _settle() -> None:
    """Take what is there by now for good, or looking for garbage in it stops everyone for 0.2 s."""
    gc.collect()
    gc.freeze()
    # As the interpreter has it, many queries at once are walked through again and again: half of
    # what they cost.
    gc.set_threshold(50_000, 20, 100)
    gc.enable()


async def serve_node(
    settings: "Settings",
    listener: socket.socket,
    ready: Callable[[], None],
    prepare: Prepare | None = None,
) -> None:
    """Serve from this process until told to end."""
    from intersessional.infra.backend import Backend
    from intersessional.infra.cli.output import print_note
    from intersessional.infra.http.app import open_app
    from intersessional.infra.http.server.rlimits import raise_open_files_limit
    from intersessional.infra.http.server.server import serve
    from intersessional.projections.kernel.view_errors import ViewsStopped

    raise_open_files_limit(settings.sockets_max)
    async with Backend.open(settings, progress=print_note) as backend:
        if prepare:
            await prepare(backend)
        # Where every view has stopped, /health says so.
        with suppress(ViewsStopped):
            await backend.reader.reached(await backend.record.head())
        async with open_app(backend) as app:
            _settle()
            await serve(app, listener, ready=ready, ending=app.state.drain)


async def _serve_many(
    settings: "Settings",
    listener: socket.socket,
    ready: Callable[[], None],
    prepare: Prepare | None,
    workers: int,
) -> None:
    """Serve from so many processes until told to end."""
    import os

    from intersessional.infra.backend import Backend
    from intersessional.infra.cli.output import print_note
    from intersessional.infra.http.server.workers import Workers
    from intersessional.infra.postgres.database import database
    from intersessional.infra.signals import on_first_signal

    # The embedded database, where that is used, goes on while workers come and go.
    async with database(settings, print_note):
        # What cannot be used is told once, by this process.
        async with Backend.open(settings, progress=print_note) as backend:
            if prepare:
                await prepare(backend)
        _settle()
        environment = os.environ | {"INTERSESSIONAL_MODE": settings.mode.value}
        nodes = Workers(count=workers, listener=listener, environment=environment)
        on_first_signal(lambda _: nodes.end.set())
        await nodes.serve(ready)
