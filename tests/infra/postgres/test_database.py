"""The database that is set is looked at before anything is asked of it."""

from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import asyncpg
import pytest

from intersessional.infra.postgres.database import DatabaseError, database
from intersessional.infra.settings import Settings
from tests.databases import dsn_of


async def look(url: str) -> None:
    async with database(Settings(DATABASE_URL=url), lambda _: None) as dsn:
        assert dsn == url


async def test_a_database_that_can_be_used_is_given_as_it_is(database_url: str) -> None:
    await look(database_url)


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("postgresql://me:hush@127.0.0.1:1/record", "The server of DATABASE_URL cannot be used: "),
        ("postgresql://me:hush@host.invalid/record", "The server of DATABASE_URL cannot be used: "),
        ("postgresql://me:hush@127.0.0.1:none/record", "DATABASE_URL is no address"),
    ],
)
async def test_one_that_cannot_be_reached_is_told_without_its_password(
    url: str, sentence: str
) -> None:
    with pytest.raises(DatabaseError) as refused:
        await look(url)

    assert str(refused.value).startswith(sentence)
    assert "hush" not in str(refused.value)


async def test_one_that_is_not_there_is_told(postgres: str) -> None:
    with pytest.raises(DatabaseError, match='database "nowhere" does not exist'):
        await look(dsn_of(postgres, "nowhere"))


async def test_one_where_nothing_may_be_written_is_told(database_url: str) -> None:
    name = urlsplit(database_url).path[1:]
    await asked(database_url, f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')

    with pytest.raises(DatabaseError, match="nothing may be written"):
        await look(database_url)


async def test_one_in_which_its_user_may_make_no_schema_is_told(database_url: str) -> None:
    user = f"guest_{uuid4().hex}"
    await asked(database_url, f"CREATE ROLE {user} LOGIN PASSWORD '{user}'")
    parts = urlsplit(database_url)
    netloc = f"{user}:{user}@{parts.netloc.rpartition('@')[2]}"
    try:
        with pytest.raises(DatabaseError, match="GRANT CREATE ON DATABASE"):
            await look(urlunsplit(parts._replace(netloc=netloc)))
    finally:
        await asked(database_url, f"DROP ROLE {user}")


async def asked(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute(statement)
    await connection.close()
