"""``intersessional migrate``: applies the migration scripts as the owner of the tables."""

import typer

from intersessional.infra.backend import SCRIPTS
from intersessional.infra.cli.event_loop import run
from intersessional.infra.cli.output import print_note
from intersessional.infra.logging_setup import log_to_stderr
from intersessional.infra.postgres.database import database
from intersessional.infra.postgres.login import migrated_login
from intersessional.infra.settings import load_settings


def migrate() -> None:
    """Make or change the tables as this version needs them; nodes may go on serving.

    INTERSESSIONAL_OWNER_DATABASE_URL, or else DATABASE_URL, is the address of the tables' owner.
    """
    run(_migrate())
    typer.echo("The tables are those of this version.")


async def _migrate() -> None:
    settings = load_settings()
    log_to_stderr(settings.log_level, settings.log_format)
    async with database(settings, print_note) as urls:
        await migrated_login(urls, settings.mode, parts=SCRIPTS)
