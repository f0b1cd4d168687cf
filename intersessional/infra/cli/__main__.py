"""Entry point of ``python -m intersessional.infra.cli``."""

from intersessional.infra.cli import app

app()
