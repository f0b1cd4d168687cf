"""``intersessional import``: records history from data files."""

from pathlib import Path
from typing import Annotated

import typer

from intersessional.infra.backend import Backend
from intersessional.infra.cli.event_loop import run
from intersessional.infra.cli.output import print_note
from intersessional.infra.importer import import_history, read_history
from intersessional.infra.logging_setup import log_to_stderr
from intersessional.infra.settings import load_settings

Files = Annotated[
    list[Path],
    typer.Argument(metavar="FILE", help="Data files; each may use the keys of the ones before it."),
]


def import_files(files: Files) -> None:
    """Record the entries of data files: all of them in one append, or none.

    An entry that is recorded already is not recorded again, so a corrected file can be imported.
    """
    run(_import(files))


async def _import(files: list[Path]) -> None:
    settings = load_settings()
    log_to_stderr(settings.log_level, settings.log_format)
    histories = [read_history(file) for file in files]
    async with Backend.open(settings, progress=print_note) as backend:
        imported = await import_history(
            backend.command_bus, histories, backend.composition.command_handlers
        )
    typer.echo(
        f"{imported.recorded} commands recorded, {imported.repeated} had been before;"
        f" the last one has position {imported.position}."
    )
