"""Errors that an operator reads."""

from collections.abc import Generator
from contextlib import contextmanager

import typer

from intersessional.domain.command_handling.event_store import EventStoreError
from intersessional.errors import OperatorError


@contextmanager
def operator_errors() -> Generator[None]:
    """End with the message of an OperatorError on standard error and its exit code.

    So does what keeps the event store from recording, such as a clock that is wrong.
    """
    try:
        yield
    except OperatorError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(error.exit_code) from None
    except EventStoreError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
