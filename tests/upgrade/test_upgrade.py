"""A record that an earlier version left is opened, migrated and folded, and answers as it did."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest
import pytest_asyncio

from intersessional.infra.backend import Backend
from intersessional.infra.importer import import_history, read_history
from intersessional.infra.read_models.replay.replay import replay_views
from intersessional.infra.settings import Settings
from tests.databases import fresh_database
from tests.recorded import Recorded
from tests.upgrade.dump import FOLDER, PG_DUMP, Dump
from tests.upgrade.record_dump import record_dump

DUMPS = [Dump(folder=folder) for folder in sorted(FOLDER.glob("format-*"))]


@pytest_asyncio.fixture(
    scope="module", loop_scope="session", params=DUMPS, ids=lambda dump: dump.folder.name
)
async def restored_once(
    request: pytest.FixtureRequest, postgres: str
) -> AsyncGenerator[tuple[Dump, str]]:
    """Each dump, and the DSN of a database with it, which is only copied."""
    dump: Dump = request.param
    async with fresh_database(postgres) as dsn:
        await dump.restore(dsn)
        yield dump, dsn


@pytest_asyncio.fixture
async def restored(
    postgres: str, restored_once: tuple[Dump, str]
) -> AsyncGenerator[tuple[Dump, str]]:
    """Each dump, and the DSN of a database of this test's own with it."""
    dump, template = restored_once
    async with fresh_database(postgres, urlsplit(template).path[1:]) as dsn:
        yield dump, dsn


@asynccontextmanager
async def opened(dump: Dump, dsn: str) -> AsyncGenerator[Backend]:
    """The record of a restored dump at the time of its making, opened by the present code."""
    async with Backend.open(Settings(DATABASE_URL=dsn), clock=lambda: dump.at) as backend:
        yield backend


async def test_record_of_an_earlier_version_answers_as_it_did(
    restored: tuple[Dump, str],
) -> None:
    dump, dsn = restored

    async with opened(dump, dsn) as backend:
        assert await dump.asked_again(backend) == dump.answers


async def test_views_of_an_earlier_version_are_what_the_log_gives(
    restored: tuple[Dump, str],
) -> None:
    dump, dsn = restored

    async with opened(dump, dsn) as backend:
        head = await backend.record.head()
        for view in backend.composition.views:
            await backend.reader.wait_until_view_reached(view, head)
        replayed = await replay_views(
            backend.pool, log=backend.log, codec=backend.codec, views=backend.composition.views
        )

    assert replayed.agrees


async def test_record_of_an_earlier_version_whose_views_are_lost_answers_as_it_did(
    restored: tuple[Dump, str],
) -> None:
    dump, dsn = restored
    owner = await asyncpg.connect(dsn)
    await owner.execute("DELETE FROM intersessional.view_heads")
    await owner.close()

    async with opened(dump, dsn) as backend:
        assert await dump.asked_again(backend) == dump.answers


async def test_commands_of_an_earlier_version_are_repeats(
    restored: tuple[Dump, str],
) -> None:
    dump, dsn = restored
    histories = [read_history(file) for file in dump.histories]

    async with opened(dump, dsn) as backend:
        head = await backend.record.head()
        summary = await import_history(
            backend.command_bus, histories, backend.composition.command_handlers
        )

        assert (summary.recorded, await backend.record.head()) == (0, head)


@pytest.mark.skipif(not PG_DUMP.exists(), reason="pg_dump is not installed")
async def test_dump_that_is_made_now_can_be_restored(
    recorded: Recorded, empty_database_url: str, tmp_path: Path
) -> None:
    dump = await record_dump(recorded, tmp_path / "dump")
    await dump.restore(empty_database_url)

    async with opened(dump, empty_database_url) as backend:
        assert await dump.asked_again(backend) == dump.answers
