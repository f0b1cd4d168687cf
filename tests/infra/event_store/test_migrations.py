"""Each migration script is applied once, also by concurrent and repeated migrations."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace
from urllib.parse import urlsplit
from uuid import uuid4

import asyncpg
import pytest
import pytest_asyncio

from intersessional.infra.event_store.append.sequencer import Sequencer
from intersessional.infra.event_store.migrations import EVENT_STORE_SCRIPTS
from intersessional.infra.postgres.connection import ROLE
from intersessional.infra.postgres.migration_scripts import MigrationScript, MigrationScripts
from intersessional.infra.postgres.migrations import SchemaError, migrate, migrate_over
from tests.infra.event_store.append_requests import a_new_stream
from tests.infra.event_store.store_location import StoreLocation

RECORD = (EVENT_STORE_SCRIPTS,)


def and_further(*scripts: str) -> tuple[MigrationScripts]:
    """The scripts of the event store and these after them."""
    further = tuple(MigrationScript(f"further_{n}.sql", sql) for n, sql in enumerate(scripts))
    return (replace(EVENT_STORE_SCRIPTS, scripts=EVENT_STORE_SCRIPTS.scripts + further),)


async def tables(location: StoreLocation) -> list[str]:
    async with location.as_owner() as owner:
        rows = await owner.fetch(
            "SELECT relname FROM pg_class WHERE relnamespace = $1::regnamespace AND relkind = 'r'"
            " ORDER BY relname",
            location.schema,
        )
        return [row["relname"] for row in rows]


async def test_migrations_applied_again_change_nothing(
    location: StoreLocation, sequencer: Sequencer
) -> None:
    await sequencer.append(a_new_stream())
    before = await tables(location)

    await migrate(location.owner_url, schema=location.schema, parts=RECORD)

    assert await tables(location) == before
    assert (await sequencer.append(a_new_stream()))[0].first == 2


async def test_migrations_may_be_applied_by_many_nodes_at_once(shared_database: str) -> None:
    schema = f"record_{uuid4().hex}"
    location = StoreLocation(url=shared_database, owner_url=shared_database, schema=schema)

    await asyncio.gather(
        *(migrate(location.owner_url, schema=location.schema, parts=RECORD) for _ in range(4))
    )

    assert {"stored_events", "commands", "openings", "head"} < set(await tables(location))


async def test_further_script_is_applied_after_the_first_ones(location: StoreLocation) -> None:
    grown = and_further("CREATE TABLE further ()")

    for _ in range(2):
        await migrate(location.owner_url, schema=location.schema, parts=grown)

    assert "further" in await tables(location)


async def test_script_that_fails_leaves_nothing_behind(location: StoreLocation) -> None:
    before = await tables(location)
    broken = and_further("CREATE TABLE whole ()", "CREATE TABLE half (); SELECT 1 / 0")

    with pytest.raises(asyncpg.DivisionByZeroError):
        await migrate(location.owner_url, schema=location.schema, parts=broken)

    assert await tables(location) == sorted([*before, "whole"])
    mended = and_further("CREATE TABLE whole ()", "CREATE TABLE half ()")
    await migrate(location.owner_url, schema=location.schema, parts=mended)
    assert await tables(location) == sorted([*before, "half", "whole"])


async def test_script_that_was_edited_after_it_was_applied_is_refused(
    location: StoreLocation,
) -> None:
    await migrate(location.owner_url, schema=location.schema, parts=and_further("SELECT 1"))

    with pytest.raises(SchemaError, match="other record tables"):
        await migrate(location.owner_url, schema=location.schema, parts=and_further("SELECT 2"))


async def test_node_serves_on_tables_with_scripts_of_a_later_version_and_says_so(
    location: StoreLocation, sequencer: Sequencer, caplog: pytest.LogCaptureFixture
) -> None:
    later = and_further("ALTER TABLE stored_events ADD COLUMN further text")
    await migrate(location.owner_url, schema=location.schema, parts=later)

    await migrate(location.owner_url, schema=location.schema, parts=RECORD)

    assert "a later version has applied 1 further scripts to the record tables" in caplog.text
    assert (await sequencer.append(a_new_stream()))[0].first == 1


async def test_record_of_an_earlier_format_is_refused(location: StoreLocation) -> None:
    async with location.as_owner() as owner:
        await owner.execute("UPDATE applied_scripts SET format = 2")

    with pytest.raises(SchemaError, match="of an earlier version"):
        await migrate(location.owner_url, schema=location.schema, parts=RECORD)


async def test_tables_of_an_earlier_version_are_refused_and_left_as_they_are(
    location: StoreLocation, sequencer: Sequencer
) -> None:
    await sequencer.append(a_new_stream())
    async with location.as_owner() as owner:
        await owner.execute("ALTER TABLE applied_scripts DROP COLUMN format")

    with pytest.raises(SchemaError, match="of an earlier version") as refused:
        await migrate(location.owner_url, schema=location.schema, parts=RECORD)

    assert "Move the data directory away" in str(refused.value)
    assert "INTERSESSIONAL_DATA" in str(refused.value)
    assert "DATABASE_URL" in str(refused.value)
    assert (await sequencer.append(a_new_stream()))[0].first == 2
    async with location.as_owner() as owner:
        row, *_ = await owner.fetch("SELECT * FROM applied_scripts")
        assert "format" not in row


async def test_tables_of_a_later_format_are_refused(location: StoreLocation) -> None:
    async with location.as_owner() as owner:
        await owner.execute("UPDATE applied_scripts SET format = format + 1")

    with pytest.raises(SchemaError, match="they are newer"):
        await migrate(location.owner_url, schema=location.schema, parts=RECORD)


@pytest_asyncio.fixture
async def humble_url(empty_database_url: str) -> AsyncGenerator[str]:
    """The DSN of an empty database for an owner who is no administrator."""
    user, parts = f"test_{uuid4().hex}", urlsplit(empty_database_url)
    administrator = await asyncpg.connect(empty_database_url)
    await administrator.execute(
        f"CREATE ROLE {user} LOGIN PASSWORD 'secret';"
        f' ALTER DATABASE "{parts.path[1:]}" OWNER TO {user}'
    )
    yield parts._replace(netloc=f"{user}:secret@{parts.netloc.rpartition('@')[2]}").geturl()
    await administrator.execute(
        f"REASSIGN OWNED BY {user} TO CURRENT_USER; DROP OWNED BY {user}; DROP ROLE {user}"
    )
    await administrator.close()


async def test_owner_without_administrator_rights_reads_the_statements_to_run(
    empty_database_url: str, humble_url: str
) -> None:
    # The role belongs to the cluster, where another record may have made it already.
    administrator = await asyncpg.connect(empty_database_url)
    exists = await administrator.fetchval("SELECT count(*) FROM pg_roles WHERE rolname = $1", ROLE)
    if not exists:
        with pytest.raises(SchemaError, match=f"CREATE ROLE {ROLE} NOLOGIN"):
            await migrate(humble_url, parts=RECORD)
        await administrator.execute(f"CREATE ROLE {ROLE} NOLOGIN")
    await administrator.close()

    await migrate(humble_url, parts=RECORD)
    async with Sequencer(humble_url) as sequencer:
        assert (await sequencer.append(a_new_stream()))[0].first == 1


async def test_tables_of_another_owner_are_not_migrated(database_url: str) -> None:
    user, parts = f"test_{uuid4().hex}", urlsplit(database_url)
    administrator = await asyncpg.connect(database_url)
    await administrator.execute(f"CREATE ROLE {user} LOGIN PASSWORD 'secret'")
    url = parts._replace(netloc=f"{user}:secret@{parts.netloc.rpartition('@')[2]}").geturl()

    with pytest.raises(SchemaError, match=f"must first run: GRANT \\w+ TO {user}"):
        await migrate(url, parts=RECORD)

    await administrator.execute(f"DROP ROLE {user}")
    await administrator.close()


async def test_session_that_ends_amid_a_migration_is_told_in_a_sentence(
    location: StoreLocation,
) -> None:
    owner = await asyncpg.connect(location.url)
    await owner.close()

    with pytest.raises(SchemaError, match="ended the session amid the migration"):
        await migrate_over(owner, schema=location.schema, parts=(EVENT_STORE_SCRIPTS,))
