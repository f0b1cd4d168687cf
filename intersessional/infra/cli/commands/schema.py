"""``intersessional schema``: prints the GraphQL schema of the installed plugins."""

from pathlib import Path
from typing import Annotated

import typer

from intersessional.errors import OperatorError
from intersessional.plugins.composition import installed_plugins

Check = Annotated[
    bool, typer.Option("--check", help="Only check that the file holds exactly this schema.")
]
File = Annotated[Path, typer.Option(help="The file that --check reads.")]


class SchemaStale(OperatorError):
    """The checked-in schema is not that of this version."""


def schema(check: Check = False, file: File = Path("schema.graphql")) -> None:
    """Print the GraphQL schema; needs neither settings nor a database."""

    printed = f"{installed_plugins().schema().as_str()}\n"
    if not check:
        typer.echo(printed, nl=False)
    elif not file.exists() or file.read_text() != printed:
        raise SchemaStale(f"{file} is stale: scripts/fix prints it anew.")
