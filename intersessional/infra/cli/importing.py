"""intersessional import: history told in data files."""

from pathlib import Path
from typing import Annotated

import typer

Files = Annotated[
    list[Path],
    typer.Argument(metavar="FILE", help="Data files, in the order in which they build on."),
]


def import_files(files: Files) -> None:
    """Record what data files tell: all of it in one append, or nothing.

    What was recorded before is not recorded twice, so a mended file can be imported again.
    """
    from intersessional.infra.cli.run import run

    run(_import(files))


async def _import(files: list[Path]) -> None:
    from intersessional.infra.backend import Backend
    from intersessional.infra.cli.telling import tell
    from intersessional.infra.importing import import_history, read_history
    from intersessional.infra.logs import log_to_stderr
    from intersessional.infra.settings import load_settings

    log_to_stderr()
    settings = load_settings()
    histories = [read_history(file) for file in files]
    async with Backend.open(settings, progress=tell) as backend:
        imported = await import_history(backend.door, histories, backend.composition.answers)
    typer.echo(
        f"{imported.recorded} commands recorded, {imported.repeated} had been before;"
        f" the last one stands at position {imported.position}."
    )
