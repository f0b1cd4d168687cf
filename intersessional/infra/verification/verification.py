"""Verifies the stored record: the log, and everything beside it that follows from the log."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from intersessional.domain.command_handling.question import AnyQuestion
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.event_store.log_head import LogHead
from intersessional.infra.postgres.connection import Connection
from intersessional.infra.postgres.migration_scripts import MigrationScripts
from intersessional.infra.postgres.readable_time import readable
from intersessional.infra.verification.commands_check import CommandsCheck
from intersessional.infra.verification.discrepancies import Discrepancies, Discrepancy
from intersessional.infra.verification.guards_check import GuardsCheck
from intersessional.infra.verification.hashed_event import EventDecoder
from intersessional.infra.verification.log_check import LogCheck
from intersessional.infra.verification.questions_check import QuestionsCheck
from intersessional.infra.verification.record_page import RecordPage, record_pages
from intersessional.infra.verification.tables_check import AppliedVersion, TablesCheck
from intersessional.infra.verification.texts_check import TextAccessCheck, TextsCheck

_SETTINGS = "SET LOCAL enable_seqscan = off; SET LOCAL jit = off; SET LOCAL statement_timeout = 0"
_HEAD = f"SELECT position, {readable('recorded_at')}, frontier FROM head"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """The result: the head as of which the record was read, and what is wrong."""

    head: LogHead
    last: int
    """The position of the last event that is stored, up to the head."""
    unknown: int = 0
    """The number of events that this version does not know: what follows from them is unchecked."""
    first_later: int | None = None
    """The position of the first event that a later version has recorded: no view goes past it."""
    discrepancies: tuple[Discrepancy, ...]
    """The first ones, in order of position."""
    count: int
    """The number of all discrepancies."""


class PageCheck(Protocol):
    """Checks the log, or a table beside it, page by page."""

    async def check(self, page: RecordPage) -> None:
        """Check the next page."""
        ...

    async def finish(self) -> None:
        """Check what lies after the last page."""
        ...


async def verify_record(
    connection: Connection,
    *,
    codec: Codec,
    questions: Sequence[AnyQuestion],
    parts: Sequence[MigrationScripts],
    also: Sequence[PageCheck] = (),
    on_progress: Callable[[int, int], None] = lambda _position, _last: None,
) -> Verification:
    """Check every table of the record in one snapshot, over a connection of the tables' owner.

    Events that are appended meanwhile are not checked. The memory that it takes does not grow with
    the record. ``also`` are further checks of the same events. ``on_progress`` is called with the
    reached position and the last one.
    """
    discrepancies = Discrepancies()
    decoder = EventDecoder(codec, questions)
    last, unknown, first_later = 0, 0, None
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        await connection.execute(_SETTINGS)
        head = await read_head(connection)
        checks: Sequence[PageCheck] = (
            LogCheck(connection, head, discrepancies),
            TextsCheck(connection, discrepancies),
            TextAccessCheck(connection, discrepancies),
            CommandsCheck(connection, head.position, discrepancies),
            QuestionsCheck(connection, questions, discrepancies),
            *also,
        )
        async for page in record_pages(connection, decoder, head.position):
            for check in checks:
                await check.check(page)
            for event in page.events:
                last = event.position
                unknown += event.is_unknown
                is_sound = first_later is None and event.fault is None
                if is_sound and codec.is_of_a_later_version(event.row):
                    first_later = event.position
            on_progress(page.until, head.position)
        for check in checks:
            await check.finish()
        tables = TablesCheck(connection, discrepancies)
        await tables.check_head()
        await tables.check_persons()
        await tables.check_revocations()
        await tables.check_epochs(head.position)
        version = await tables.check_scripts(parts)
        if version is not AppliedVersion.EARLIER:
            guards = GuardsCheck(connection, parts, discrepancies)
            await guards.check(is_later=version is AppliedVersion.LATER)
    return Verification(
        head=head,
        last=last,
        unknown=unknown,
        first_later=first_later,
        discrepancies=discrepancies.by_position(),
        count=discrepancies.count,
    )


async def verify_log(connection: Connection) -> Verification:
    """Check the bytes of the log alone, in one snapshot, over a connection that may read it."""
    discrepancies, last = Discrepancies(), 0
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        head = await read_head(connection)
        check = LogCheck(connection, head, discrepancies)
        async for page in record_pages(connection, None, head.position):
            await check.check(page)
            last = page.events[-1].position if page.events else last
        await check.finish()
    return Verification(
        head=head,
        last=last,
        discrepancies=discrepancies.by_position(),
        count=discrepancies.count,
    )


async def read_head(connection: Connection) -> LogHead:
    """The head of the log; without its row, the last position that is stored."""
    row: Any = await connection.fetchrow(_HEAD)
    if row is None:
        last = await connection.fetchval("SELECT max(notification_id) FROM stored_events")
        return LogHead(position=last or 0, recorded_at=None, frontier=())
    return LogHead(
        position=row["position"], recorded_at=row["recorded_at"], frontier=tuple(row["frontier"])
    )
