"""The command line: one file a command. A command imports what it needs when it is run."""

import typer

from intersessional.infra.cli.commands.demo import demo
from intersessional.infra.cli.commands.import_files import import_files
from intersessional.infra.cli.commands.plugins import plugins
from intersessional.infra.cli.commands.replay import replay
from intersessional.infra.cli.commands.revoke import revoke
from intersessional.infra.cli.commands.schema import schema
from intersessional.infra.cli.commands.serve import serve
from intersessional.infra.cli.commands.tail import tail
from intersessional.infra.cli.commands.token import token
from intersessional.infra.cli.commands.worker import worker
from intersessional.infra.cli.error_reporting import ErrorReportingGroup

app = typer.Typer(
    cls=ErrorReportingGroup,
    name="intersessional",
    help="The record of the Internet Governance Forum's intersessional work.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(serve)
app.command()(demo)
app.command("import")(import_files)
app.command()(replay)
app.command()(tail)
app.command()(token)
app.command()(revoke)
app.command()(schema)
app.command()(plugins)
app.command(hidden=True)(worker)
