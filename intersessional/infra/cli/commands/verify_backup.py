"""``intersessional verify-backup``: checks a restored database against written heads."""

from pathlib import Path
from typing import Annotated

import asyncpg
import typer

from intersessional.errors import OperatorError
from intersessional.infra.backend import SCRIPTS
from intersessional.infra.cli.event_loop import run
from intersessional.infra.cli.output import print_note
from intersessional.infra.cli.verification_report import print_verification
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.postgres.database import database
from intersessional.infra.postgres.login import connect_as_owner
from intersessional.infra.settings import load_settings
from intersessional.infra.verification.heads_check import HeadComparison, HeadsCheck
from intersessional.infra.verification.verification import Verification, verify_record
from intersessional.infra.verification.written_head import WrittenHead, read_heads
from intersessional.plugins.composition import installed_plugins

Heads = Annotated[
    Path,
    typer.Argument(metavar="FILE", help="The lines that `intersessional head` has printed."),
]


class NoRecord(OperatorError):
    """The database holds no tables of a record that the login may see."""


def verify_backup(heads: Heads) -> None:
    """Check that a restored database holds everything up to each head that was written down.

    Changes nothing, so it comes before the first node is started on the database. Exits with 1
    where events are missing or are others, or where anything that is stored differs.
    """
    verification, comparisons = run(_verify(read_heads(heads)))
    print_verification(verification)
    for comparison in comparisons:
        typer.echo(_sentence(comparison, verification.last))
    if verification.count or not all(one.holds for one in comparisons):
        raise typer.Exit(1)


async def _verify(heads: list[WrittenHead]) -> tuple[Verification, list[HeadComparison]]:
    composition, check = installed_plugins(), HeadsCheck(heads)
    async with database(load_settings(), print_note, writes=False) as urls:
        connection = await connect_as_owner(urls)
        try:
            verification = await verify_record(
                connection,
                codec=Codec(composition.aggregates, composition.questions),
                questions=composition.questions,
                parts=SCRIPTS,
                also=[check],
            )
        except asyncpg.UndefinedTableError as error:
            raise NoRecord(
                "The database holds no record, or this login may not see its tables: then name"
                " their owner in INTERSESSIONAL_OWNER_DATABASE_URL."
            ) from error
        finally:
            await connection.close()
    return verification, check.comparisons


def _sentence(comparison: HeadComparison, last: int) -> str:
    """What a head says about the events up to the last one."""
    position, until = comparison.head.position, comparison.agrees_until
    of_head = f"Head at position {position} (root {comparison.head.root.hex()[:16]}...)"
    if comparison.holds:
        more = f", and {last - position} more" if last > position else ""
        return f"{of_head}: the database holds all its events{more}."
    if comparison.differs_by is not None:
        return (
            f"{of_head}: this is another record. The first {until} events are those of the head;"
            f" from {until + 1} to {comparison.differs_by} there are others."
        )
    if last >= position:
        return f"{of_head}: it cannot be compared, for events before it are missing."
    unsure = f" {until + 1} to {last} cannot be compared with it." if until < last else ""
    return (
        f"{of_head}: the events from {last + 1} to {position} are missing, recorded up to"
        f" {comparison.head.recorded_at}. The first {until} are those of the head.{unsure}"
    )
