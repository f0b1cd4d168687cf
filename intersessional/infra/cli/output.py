"""Messages of a command beside its output."""

import typer


def print_note(message: str) -> None:
    """Print a message on standard error."""
    typer.echo(message, err=True)
