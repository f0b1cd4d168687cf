"""Command group that imports a command when it is needed."""

import gc
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from intersessional.infra.cli.operator_errors import operator_errors
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
}
"""For each command its module in ``cli/commands`` and the function of the same name there."""

SUMMARIES = {
    "serve": "Serve the record until SIGTERM or Ctrl-C.",
    "demo": "Record the 2018 cycle and serve it until SIGTERM or Ctrl-C, in development mode.",
    "import": "Record the entries of data files: all of them in one append, or none.",
    "migrate": "Make or change the tables as this version needs them; nodes may go on serving.",
    "replay": "Check every table of the record, fold it again, and compare it with every view.",
    "head": (
        "Print the head of the log as a line of JSON: its position, its time and its Merkle tree."
    ),
    "verify-backup": (
        "Check that a restored database holds everything up to each head that was written down."
    ),
    "tail": "Follow the audit trail of a running server, across restarts and lost connections.",
    "token": "Print a bearer token for a role, with INTERSESSIONAL_MODE=development only.",
    "revoke": "Revoke all tokens of a person, or one token: on every node, open sockets included.",
    "schema": "Print the GraphQL schema; needs neither settings nor a database.",
    "plugins": "List the installed plugins and what each of them adds; the core is one of them.",
}
"""For each command what the list of commands says of it: the first sentence of its own help."""


class CommandGroup(TyperGroup):
    """A lazily loading group, as Click's documentation describes it (LazyGroup)."""

    def __init__(self, **attributes: Any) -> None:
        """Lists every command with its summary; ``resolve_command`` loads it."""
        super().__init__(**attributes)
        listed = {name: TyperCommand(name, help=summary) for name, summary in SUMMARIES.items()}
        self.commands.update(listed)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Import the command that the arguments name."""
        name, command, rest = super().resolve_command(ctx, args)
        return name, _load(name) if name in COMMANDS else command, rest

    def invoke(self, ctx: Any) -> Any:
        """Run the command that the arguments name."""
        open_closed_streams()
        with operator_errors():
            return super().invoke(ctx)


def _load(name: str) -> Any:
    module = COMMANDS[name]
    # Imports make no garbage: 0.1 s would be spent on looking for it, and as much afterwards.
    with no_collection():
        function = getattr(import_module(f"intersessional.infra.cli.commands.{module}"), module)
        gc.freeze()
    single = typer.Typer(add_completion=False)
    single.command(name)(function)
    return get_command(single)
