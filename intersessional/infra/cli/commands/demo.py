"""intersessional demo: the 2018 cycle, and something to comment on."""

from typing import TYPE_CHECKING

from intersessional.infra.cli.serving import Workers

if TYPE_CHECKING:
    from intersessional.infra.backend import Backend


def demo(workers: Workers = 1) -> None:
    """Record the 2018 cycle and serve it until SIGTERM or Ctrl-C, in development mode.

    What is recorded already is not recorded again.
    """
    from intersessional.infra.cli.serving import serve_record
    from intersessional.infra.settings import Mode, load_settings

    serve_record(load_settings(Mode.DEVELOPMENT), _record, _hint, workers=workers)


async def _record(backend: "Backend") -> None:
    from datetime import UTC, datetime

    from intersessional.infra.cli.output import print_note
    from intersessional.infra.history import HISTORY, illustrate
    from intersessional.infra.importer import import_history, read_history

    answers = backend.composition.command_handlers
    await import_history(
        backend.command_bus, [read_history(file) for file in HISTORY], answers, print_note
    )
    today = datetime.now(UTC).date()
    await illustrate(backend.command_bus, backend.record, answers, today, print_note)


def _hint(url: str) -> None:
    import os
    import sys

    from intersessional.infra.cli.output import print_note

    programme = os.path.relpath(sys.argv[0])
    print_note(
        "From another terminal, with the same settings:\n"
        f"  {programme} tail {url}  # watch what is recorded\n"
        f"  {programme} token commenter  # a bearer token, to comment with"
    )
