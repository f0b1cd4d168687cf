"""Errors of the driver in an outage become the event store's own; its other errors stay."""

import asyncio
from typing import Any

import asyncpg
import pytest

from intersessional.domain.command_handling.event_store import Unreachable
from intersessional.infra.postgres.pool import Pool, open_pool

pytestmark = pytest.mark.asyncio(loop_scope="session")

OUTAGE_ERRORS = [
    asyncpg.ConnectionDoesNotExistError("connection was closed"),
    asyncpg.CannotConnectNowError("starting up"),
    asyncpg.TooManyConnectionsError("sorry, too many clients already"),
    asyncpg.AdminShutdownError("terminating connection"),
    asyncpg.InterfaceError("pool is closing"),
    ConnectionRefusedError("10.0.0.7:5432"),
    TimeoutError(),
    # While a backup is restored, tables come one after the other, and rights last.
    asyncpg.UndefinedTableError('relation "openings" does not exist'),
    asyncpg.InsufficientPrivilegeError("permission denied for schema intersessional"),
    asyncpg.InternalServerError("could not open relation with OID 16384"),
]
OTHER_ERRORS = [
    asyncpg.UndefinedColumnError('column "sealed" does not exist'),
    asyncpg.DataError("invalid input for query argument"),
]


class FailingDriverPool(asyncpg.Pool):
    """A pool of the driver whose every statement fails."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    async def fetch(self, *_: Any, **__: Any) -> Any:
        raise self._error

    async def fetchrow(self, *_: Any, **__: Any) -> Any:
        raise self._error

    async def fetchval(self, *_: Any, **__: Any) -> Any:
        raise self._error

    async def execute(self, *_: Any, **__: Any) -> Any:
        raise self._error


@pytest.mark.parametrize("method", ["fetch", "fetchrow", "fetchval", "execute"])
@pytest.mark.parametrize("error", OUTAGE_ERRORS, ids=repr)
async def test_error_of_the_driver_in_an_outage_is_unreachable(
    error: Exception, method: str
) -> None:
    pool = Pool(FailingDriverPool(error))

    with pytest.raises(Unreachable) as raised:
        await getattr(pool, method)("SELECT 1")

    assert raised.value.__cause__ is error


@pytest.mark.parametrize("error", OTHER_ERRORS, ids=repr)
async def test_error_of_a_statement_stays_as_it_is(error: Exception) -> None:
    with pytest.raises(type(error)):
        await Pool(FailingDriverPool(error)).fetch("SELECT 1")


async def test_session_that_the_server_ends_amid_a_statement_is_unreachable(
    database_url: str,
) -> None:
    owner = await asyncpg.connect(database_url)
    try:
        async with open_pool(database_url, schema="public", size_max=1) as pool:
            session = await pool.fetchval("SELECT pg_backend_pid()")
            statement = asyncio.create_task(pool.fetch("SELECT pg_sleep(60)"))
            await asyncio.sleep(0)
            await owner.fetchval("SELECT pg_terminate_backend($1)", session)

            with pytest.raises(Unreachable):
                await statement
            assert await pool.fetchval("SELECT 1") == 1
    finally:
        await owner.close()
