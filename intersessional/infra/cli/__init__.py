"""Command line: each command is a module of its own and is imported when it is run."""

import typer

from intersessional.infra.cli.command_group import CommandGroup

app = typer.Typer(
    cls=CommandGroup,
    name="intersessional",
    help="The record of the Internet Governance Forum's intersessional work.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def main() -> None:
    """The group itself does nothing; Typer makes a group only of an app that has a callback."""
