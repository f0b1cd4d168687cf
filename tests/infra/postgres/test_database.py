"""The server of DATABASE_URL is checked before it is used."""

from urllib.parse import urlsplit

import asyncpg
import pytest

from intersessional.infra.postgres.database import DatabaseError, DatabaseUrls, database
from intersessional.infra.settings import Settings
from tests.databases import dsn_of


async def open_database(url: str) -> None:
    async with database(Settings(DATABASE_URL=url), lambda _: None) as urls:
        assert urls == DatabaseUrls(node=url, owner=None)


async def test_usable_database_is_given_unchanged(empty_database_url: str) -> None:
    await open_database(empty_database_url)


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("postgresql://me:hush@127.0.0.1:1/record", "The server of DATABASE_URL cannot be used: "),
        ("postgresql://me:hush@host.invalid/record", "The server of DATABASE_URL cannot be used: "),
        ("postgresql://me:hush@127.0.0.1:none/record", "DATABASE_URL is no address"),
    ],
)
async def test_unreachable_database_is_reported_without_its_password(
    url: str, sentence: str
) -> None:
    with pytest.raises(DatabaseError) as refused:
        await open_database(url)

    assert str(refused.value).startswith(sentence)
    assert "hush" not in str(refused.value)


async def test_missing_database_is_reported(postgres: str) -> None:
    with pytest.raises(DatabaseError, match='database "nowhere" does not exist'):
        await open_database(dsn_of(postgres, "nowhere"))


async def test_read_only_database_is_reported(empty_database_url: str) -> None:
    name = urlsplit(empty_database_url).path[1:]
    await run_sql(
        empty_database_url, f'ALTER DATABASE "{name}" SET default_transaction_read_only = on'
    )

    with pytest.raises(DatabaseError, match="nothing may be written"):
        await open_database(empty_database_url)


async def run_sql(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute(statement)
    await connection.close()
