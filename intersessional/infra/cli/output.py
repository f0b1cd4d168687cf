"""What a command says beside what it answers."""

import typer


def print_note(sentence: str) -> None:
    """Say something to whoever started the command, on the standard error."""
    typer.echo(sentence, err=True)
