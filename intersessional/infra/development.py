"""Whether a server in development mode works on a database right now.

A session of it says so by its name. The session ends with the server, however that ends, so nothing
is left behind that could be believed later; a server in production never has one.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress

import asyncpg

from intersessional.concurrency.supervised import supervised
from intersessional.concurrency.tasks import Tasks
from intersessional.infra.auth.errors import DevelopmentTokenError
from intersessional.infra.postgres.connection_errors import CONNECTION_ERRORS
from intersessional.infra.postgres.database import database
from intersessional.infra.settings import Mode, Settings, load_settings

SESSION_NAME = "intersessional in development"
PAUSE_S = 0.5

_LOOK = """
SELECT EXISTS (
    SELECT FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = $1
)
"""


@asynccontextmanager
async def announced(dsn: str) -> AsyncGenerator[None]:
    """Let it be known on this database, as long as this is entered, that development goes on."""
    known = asyncio.Event()

    async def announce() -> None:
        while True:
            # While the database is away, whoever records or reads tells so; nobody asks for this.
            with suppress(*CONNECTION_ERRORS):
                await _keep_session(dsn, known)
            await asyncio.sleep(PAUSE_S)

    async with Tasks() as tasks:
        task = tasks.create_task(supervised("the announcement of development", announce))
        await known.wait()
        yield
        task.cancel()


async def _keep_session(dsn: str, known: asyncio.Event) -> None:
    """Have the session until it is lost."""
    connection = await asyncpg.connect(dsn, server_settings={"application_name": SESSION_NAME})
    lost = asyncio.Event()
    connection.add_termination_listener(lambda _: lost.set())
    known.set()
    try:
        await lost.wait()
    finally:
        connection.terminate()


@asynccontextmanager
async def development_settings() -> AsyncGenerator[Settings]:
    """Settings in development mode, where the environment or a running server is in that mode.

    Raises DevelopmentTokenError anywhere else, and where the environment says production.
    """
    settings = load_settings(Mode.DEVELOPMENT)
    if load_settings().mode is Mode.DEVELOPMENT:
        yield settings
        return
    if settings.mode is Mode.PRODUCTION:
        raise DevelopmentTokenError(
            "INTERSESSIONAL_MODE says production, which hands out no tokens."
        )
    # Whoever asks in the wrong directory must not be given an empty database there.
    if settings.database_url is None and not settings.data.exists():
        raise _nobody()
    async with database(settings, lambda _: None) as dsn:
        if not await _is_announced(dsn):
            raise _nobody()
        yield settings.model_copy(update={"database_url": dsn})


async def _is_announced(dsn: str) -> bool:
    connection = await asyncpg.connect(dsn)
    try:
        return bool(await connection.fetchval(_LOOK, SESSION_NAME))
    finally:
        await connection.close()


def _nobody() -> DevelopmentTokenError:
    return DevelopmentTokenError(
        "No server in development mode, such as scripts/demo, runs on this record. Start one, or"
        " name its data in INTERSESSIONAL_DATA or DATABASE_URL, or set"
        " INTERSESSIONAL_MODE=development."
    )
