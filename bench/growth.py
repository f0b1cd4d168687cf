"""How the database grows with what is sent: a group is renamed, a draft is revised, many times.

Each number of times runs on a record of its own, after the illustration. `sent` are the bytes of
the commands, `grown` those by which all tables and indexes grew. A view that wrote a document
with all that has happened for every event would let the ratio grow with the number of times.
Nothing is timed. The record is in the database of DATABASE_URL, or in an embedded one in a new
directory.
"""

import argparse
import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar
from uuid import UUID, uuid4

from intersessional.domain.command_handling.command import Command
from intersessional.domain.command_handling.command_envelope import CommandEnvelope
from intersessional.domain.draft.block import WrittenBlock
from intersessional.domain.draft.commands import PublishDraft, ReviseDraft
from intersessional.domain.group.commands import RenameGroup
from intersessional.domain.kernel.caller import Caller
from intersessional.infra.backend import Backend
from intersessional.infra.event_store.format.command_body import command_body
from intersessional.infra.history import illustrate
from intersessional.infra.history.illustration import illustration
from intersessional.infra.importer.command_builder import CommandBuilder
from intersessional.infra.postgres.database import database
from intersessional.infra.settings import Mode, load_settings
from intersessional.projections.drafts import DRAFTS
from intersessional.projections.groups import GROUPS
from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.view import View

D = TypeVar("D")

TIMES = (100, 500, 1_500)
BLOCKS = 20

_BYTES = """
SELECT c.relname AS table, pg_total_relation_size(c.oid) AS bytes
  FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
"""


@dataclass(frozen=True)
class Forum:
    """A record with a group and its draft, and the group's facilitator."""

    backend: Backend
    group: UUID
    draft: UUID
    blocks: tuple[str, ...]
    """The ids of the draft's blocks."""
    facilitator: Caller

    async def send(self, command: Command) -> int:
        """Send a command as the facilitator; returns its bytes."""
        await self.backend.command_bus.submit(command, self.facilitator)
        return len(command_body(CommandEnvelope(command, self.facilitator)))

    async def sizes(self) -> Mapping[str, int]:
        """The bytes of each table with its indexes, once the views have read everything."""
        head = await self.backend.record.head()
        await self.backend.reader.wait_until_reached(head)
        return {row["table"]: row["bytes"] for row in await self.backend.pool.fetch(_BYTES)}


@asynccontextmanager
async def open_forum() -> AsyncGenerator[Forum]:
    """The illustration, whose draft gets its blocks."""
    settings = load_settings(Mode.DEVELOPMENT)
    async with AsyncExitStack() as stack:
        if settings.database_url is None:
            directory = stack.enter_context(TemporaryDirectory())
            settings = settings.model_copy(update={"data": Path(directory)})
        urls = await stack.enter_async_context(database(settings, lambda _: None))
        update = {"database_url": urls.node, "mode": Mode.DEVELOPMENT}
        opened = settings.model_copy(update=update)
        backend = await stack.enter_async_context(Backend.open(opened))
        handlers, today = backend.composition.command_handlers, datetime.now(UTC).date()
        await illustrate(backend.command_bus, backend.record, handlers, today)
        built = CommandBuilder(handlers).build(illustration(today))
        commands = [one.envelope.command for one in built]
        [draft] = [one.created_id for one in commands if isinstance(one, PublishDraft)]
        group = (await _document(backend, DRAFTS, draft)).group_id
        first, *_ = (await _document(backend, GROUPS, group)).facilitators
        facilitator = Caller(person=first.participant_id)
        texts = tuple(WrittenBlock(text=f"Paragraph {n}.") for n in range(BLOCKS))
        revise = ReviseDraft(command_id=uuid4(), draft=draft, blocks=texts)
        await backend.command_bus.submit(revise, facilitator)
        blocks = tuple(block.id for block in (await _document(backend, DRAFTS, draft)).blocks)
        yield Forum(backend, group, draft, blocks, facilitator)


async def _document(backend: Backend, view: View[D], key: UUID) -> D:
    head = await backend.record.head()
    await backend.reader.wait_until_reached(head)
    return (await backend.reader.get(view, [key], AsOf(head)))[key].document


def _renaming(forum: Forum, number: int) -> Command:
    return RenameGroup(
        command_id=uuid4(), group=forum.group, name=f"A forum of many names {number}"
    )


def _revision(forum: Forum, number: int) -> Command:
    """All paragraphs, of which one is another."""
    blocks = tuple(
        WrittenBlock(id=id, text=f"A paragraph on which many people work; revised {turn} times.")
        for n, id in enumerate(forum.blocks)
        for turn in [(number + BLOCKS - n) // BLOCKS]
    )
    return ReviseDraft(command_id=uuid4(), draft=forum.draft, blocks=blocks)


async def measure(times: int, make: Callable[[Forum, int], Command]) -> tuple[int, dict[str, int]]:
    """The bytes that were sent, and those by which each table grew."""
    async with open_forum() as forum:
        before = await forum.sizes()
        sent = sum([await forum.send(make(forum, number)) for number in range(times)])
        after = await forum.sizes()
    return sent, {table: bytes - before.get(table, 0) for table, bytes in after.items()}


async def main() -> None:
    """Print a line for each number of times, and the tables that grew most."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, nargs="+", default=TIMES, help="how many commands")
    arguments = parser.parse_args()
    print(f"{'':14s}{'times':>6s} {'sent':>10s} {'grown':>12s} {'grown/sent':>10s}  most")
    for name, make in (("renamed", _renaming), ("revised", _revision)):
        for times in arguments.times:
            sent, grown = await measure(times, make)
            total = sum(grown.values())
            most = sorted(grown.items(), key=lambda item: -item[1])[:3]
            tables = ", ".join(f"{table} {bytes / total:.0%}" for table, bytes in most)
            line = f"{name:14s}{times:6d} {sent:10,d} {total:12,d} {total / sent:10.1f}  {tables}"
            print(line, flush=True)


if __name__ == "__main__":
    asyncio.run(main())
