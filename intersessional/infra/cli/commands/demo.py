"""``intersessional demo``: serves the 2018 cycle and an open draft, in development mode."""

import os
import sys
from datetime import UTC, datetime

from intersessional.infra.backend import Backend
from intersessional.infra.cli.output import print_note
from intersessional.infra.cli.serving import WorkerCount, serve_record
from intersessional.infra.history import HISTORY, illustrate
from intersessional.infra.importer import import_history, read_history
from intersessional.infra.settings import Mode, load_settings


def demo(workers: WorkerCount = 1) -> None:
    """Record the 2018 cycle and serve it until SIGTERM or Ctrl-C, in development mode.

    What is recorded already is not recorded again.
    """
    serve_record(load_settings(Mode.DEVELOPMENT), _record, _hint, workers=workers)


async def _record(backend: Backend) -> None:
    handlers = backend.composition.command_handlers
    files = [*HISTORY, *backend.composition.histories]
    histories = [read_history(file) for file in files]
    await import_history(backend.command_bus, histories, handlers, print_note)
    today = datetime.now(UTC).date()
    await illustrate(backend.command_bus, backend.record, handlers, today, print_note)


def _hint(url: str) -> None:
    program = os.path.relpath(sys.argv[0])
    print_note(
        f"Open {url.removesuffix('graphql')} in a browser.\n"
        "From another terminal, with the same settings:\n"
        f"  {program} tail {url}  # watch what is recorded\n"
        f"  INTERSESSIONAL_MODE=development {program} token commenter"
        "  # a bearer token, to comment with"
    )
