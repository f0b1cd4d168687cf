"""The command line: one file a command. A command imports what it needs when it is run."""

import typer

from intersessional.infra.cli.demo import demo
from intersessional.infra.cli.importing import import_files
from intersessional.infra.cli.plugins import plugins
from intersessional.infra.cli.replay import replay
from intersessional.infra.cli.revoke import revoke
from intersessional.infra.cli.schema import schema
from intersessional.infra.cli.sentences import Sentences
from intersessional.infra.cli.serve import serve
from intersessional.infra.cli.tail import tail
from intersessional.infra.cli.token import token
from intersessional.infra.cli.worker import worker

app = typer.Typer(
    cls=Sentences,
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
