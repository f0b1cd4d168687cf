"""What is refused ends a command with its sentence; a fault ends it with all that is known."""

from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup

from intersessional.errors import OperatorError
from intersessional.infra.cli.stdio import open_closed_streams

if TYPE_CHECKING:
    from typer._click import Context


class ErrorReportingGroup(TyperGroup):
    """The commands, whose refusals are sentences on the standard error and exit codes."""

    def invoke(self, ctx: "Context") -> Any:
        """Run the command that was asked for."""
        open_closed_streams()
        try:
            return super().invoke(ctx)
        except OperatorError as refused:
            typer.echo(str(refused), err=True)
            raise typer.Exit(refused.exit_code) from None
