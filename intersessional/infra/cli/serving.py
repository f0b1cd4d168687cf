"""Opens the record and serves it, for the commands that do."""

import gc
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from intersessional.infra.backend import Backend
    from intersessional.infra.settings import Settings

Prepare = Callable[["Backend"], Awaitable[None]]
"""Does what must be done before anything is served."""

Hint = Callable[[str], None]
"""Tells what can be done now, with the server's address."""


def serve_record(
    settings: "Settings", prepare: Prepare | None = None, hint: Hint | None = None
) -> None:
    """Serve until told to end; prints `ready` and the address exactly when it answers."""
    from intersessional.infra.cli.run import run
    from intersessional.infra.logs import log_to_stderr
    from intersessional.infra.web.address import listen

    # What is imported and opened stays; looking for garbage in it takes a tenth of the start.
    gc.disable()
    log_to_stderr()
    # Before anything else is even imported: whoever finds the port taken is told at once.
    with listen(settings.host, settings.port) as listener:
        run(_serve(settings, listener, prepare, hint))


def _settle() -> None:
    """Take what is there by now for good, or looking for garbage in it stops everyone for 0.2 s."""
    gc.collect()
    gc.freeze()
    gc.enable()


async def _serve(
    settings: "Settings", listener: socket.socket, prepare: Prepare | None, hint: Hint | None
) -> None:
    from intersessional.infra.backend import Backend
    from intersessional.infra.cli.telling import tell
    from intersessional.infra.views.errors import Stopped
    from intersessional.infra.web.address import url_of
    from intersessional.infra.web.app import open_app
    from intersessional.infra.web.server import serve

    url = url_of(listener)

    def ready() -> None:
        typer.echo(f"ready {url}")
        if hint:
            hint(url)

    async with Backend.open(settings, progress=tell) as backend:
        if prepare:
            await prepare(backend)
        # Where every view has stopped, /health says so.
        with suppress(Stopped):
            await backend.reader.reached(await backend.record.head())
        async with open_app(backend) as app:
            _settle()
            await serve(app, listener, ready=ready, ending=app.state.drain)
