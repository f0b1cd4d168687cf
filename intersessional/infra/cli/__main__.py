"""The command line, for whoever knows the interpreter and not where the programme lies."""

from intersessional.infra.cli import app

app()
