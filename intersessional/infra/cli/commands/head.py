"""``intersessional head``: prints the head of the log, for a backup to be checked against."""

import typer

from intersessional.infra.cli.event_loop import run
from intersessional.infra.cli.output import print_note
from intersessional.infra.event_store.epoch_rows import READ_EPOCHS, epochs_of
from intersessional.infra.postgres.connection import connect
from intersessional.infra.postgres.database import database
from intersessional.infra.settings import load_settings
from intersessional.infra.verification.verification import read_head
from intersessional.infra.verification.written_head import WrittenHead


def head() -> None:
    """Print the head of the log as a line of JSON: its position, its time and its Merkle tree.

    Keep the lines in a file elsewhere; verify-backup checks a restored database against them.
    """
    typer.echo(run(_head()).line())


async def _head() -> WrittenHead:
    async with database(load_settings(), print_note, writes=False) as urls:
        connection = await connect(urls.node)
        try:
            epochs = epochs_of(await connection.fetch(READ_EPOCHS))
            return WrittenHead.of(await read_head(connection), epochs.present)
        finally:
            await connection.close()
