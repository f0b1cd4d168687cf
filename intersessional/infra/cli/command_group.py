"""Command group that imports a command when it is needed, and prints operator errors."""

import gc
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from intersessional.domain.command_handling.event_store import EventStoreError
from intersessional.errors import OperatorError
from intersessional.infra.cli.stdio import open_closed_streams
from intersessional.infra.garbage_collection import no_collection

COMMANDS = {
    "serve": "serve",
    "demo": "demo",
    "import": "import_files",
    "migrate": "migrate",
    "replay": "replay",
    "head": "head",
    "verify-backup": "verify_backup",
    "tail": "tail",
    "token": "token",
    "revoke": "revoke",
    "schema": "schema",
    "plugins": "plugins",
    "worker": "worker",
}
"""For each command its module in ``cli/commands`` and the function of the same name there."""

HIDDEN = {"worker"}


class CommandGroup(TyperGroup):
    """A lazily loading group, as Click's documentation describes it (LazyGroup).

    An OperatorError ends a command with its message on standard error and its exit code; so does
    what keeps the event store from recording, such as a clock that is wrong.
    """

    def __init__(self, **attributes: Any) -> None:
        """Lists every command by its name; ``get_command`` loads it."""
        super().__init__(**attributes)
        self.commands.update({name: TyperCommand(name) for name in COMMANDS})

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Import a command; None when there is none of this name."""
        return _load(cmd_name) if cmd_name in COMMANDS else None

    def invoke(self, ctx: Any) -> Any:
        """Run the command that the arguments name."""
        open_closed_streams()
        try:
            return super().invoke(ctx)
        except OperatorError as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(error.exit_code) from None
        except EventStoreError as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(1) from None


def _load(name: str) -> Any:
    module = COMMANDS[name]
    # Imports make no garbage: 0.1 s would be spent on looking for it, and as much afterwards.
    with no_collection():
        function = getattr(import_module(f"intersessional.infra.cli.commands.{module}"), module)
        gc.freeze()
    single = typer.Typer(add_completion=False)
    single.command(name, hidden=name in HIDDEN)(function)
    return get_command(single)
