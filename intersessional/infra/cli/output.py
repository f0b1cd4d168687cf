"""Messages of a command beside its output."""

import logging
from collections.abc import Callable

import typer

from intersessional.infra.logging_setup import LogFormat

logger = logging.getLogger(__name__)


def print_note(message: str) -> None:
    """Print a message on standard error."""
    typer.echo(message, err=True)


def note_in(log_format: LogFormat) -> Callable[[str], None]:
    """What prints a note beside a log: as one of its records where these are JSON."""
    return logger.info if log_format is LogFormat.JSON else print_note
