"""A record that an earlier version left is opened, migrated and folded, and answers as it did."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest

from intersessional.infra.backend import Backend
from intersessional.infra.importer import import_history, read_history
from intersessional.infra.read_models.replay.replay import replay_views
from intersessional.infra.settings import Settings
from tests.databases import fresh_database
from tests.upgrade.dump import FOLDER, PG_DUMP, Dump
from tests.upgrade.record_dump import record_dump

DUMPS = [Dump(folder=folder) for folder in sorted(FOLDER.glob("format-*"))]
every_dump = pytest.mark.parametrize("dump", DUMPS, ids=lambda dump: dump.folder.name)


@asynccontextmanager
async def opened(dump: Dump, dsn: str) -> AsyncGenerator[Backend]:
    """The record of a restored dump at the time of its making, opened by the present code."""
    async with Backend.open(Settings(DATABASE_URL=dsn), clock=lambda: dump.at) as backend:
        yield backend


@every_dump
async def test_record_of_an_earlier_version_answers_as_it_did(
    dump: Dump, empty_database_url: str
) -> None:
    await dump.restore(empty_database_url)

    async with opened(dump, empty_database_url) as backend:
        assert await dump.asked_again(backend) == dump.answers


@every_dump
async def test_views_of_an_earlier_version_are_what_the_log_gives(
    dump: Dump, empty_database_url: str
) -> None:
    await dump.restore(empty_database_url)

    async with opened(dump, empty_database_url) as backend:
        head = await backend.record.head()
        for view in backend.composition.views:
            await backend.reader.wait_until_view_reached(view, head)
        replayed = await replay_views(
            backend.pool, log=backend.log, codec=backend.codec, views=backend.composition.views
        )

    assert replayed.agrees


@every_dump
async def test_record_of_an_earlier_version_whose_views_are_lost_answers_as_it_did(
    dump: Dump, empty_database_url: str
) -> None:
    await dump.restore(empty_database_url)
    owner = await asyncpg.connect(empty_database_url)
    await owner.execute("DELETE FROM intersessional.view_heads")
    await owner.close()

    async with opened(dump, empty_database_url) as backend:
        assert await dump.asked_again(backend) == dump.answers


@every_dump
async def test_commands_of_an_earlier_version_are_repeats(
    dump: Dump, empty_database_url: str
) -> None:
    await dump.restore(empty_database_url)
    histories = [read_history(file) for file in dump.histories]

    async with opened(dump, empty_database_url) as backend:
        head = await backend.record.head()
        summary = await import_history(
            backend.command_bus, histories, backend.composition.command_handlers
        )

        assert (summary.recorded, await backend.record.head()) == (0, head)


@pytest.mark.skipif(not PG_DUMP.exists(), reason="pg_dump is not installed")
async def test_dump_that_is_made_now_can_be_restored(
    postgres: str, empty_database_url: str, tmp_path: Path
) -> None:
    async with fresh_database(postgres) as dsn:
        dump = await record_dump(dsn, tmp_path / "dump")
    await dump.restore(empty_database_url)

    async with opened(dump, empty_database_url) as backend:
        assert await dump.asked_again(backend) == dump.answers
