"""Connections are borrowed and come back."""

import asyncpg

from intersessional.infra.event_store.migrations import EVENT_STORE_SCRIPTS
from intersessional.infra.postgres.migrations import migrate
from intersessional.infra.postgres.pool import open_pool
from tests.databases import node_url


async def test_read_costs_one_statement(empty_database_url: str) -> None:
    await migrate(empty_database_url, parts=(EVENT_STORE_SCRIPTS,))
    async with open_pool(await node_url(empty_database_url)) as pool:
        pid = await pool.fetchval("SELECT pg_backend_pid()")

        owner = await asyncpg.connect(empty_database_url)
        last = await owner.fetchval("SELECT query FROM pg_stat_activity WHERE pid = $1", pid)
        await owner.close()

    assert last == "SELECT pg_backend_pid()"


async def test_transaction_that_was_left_open_is_rolled_back(empty_database_url: str) -> None:
    await migrate(empty_database_url, parts=(EVENT_STORE_SCRIPTS,))
    async with open_pool(await node_url(empty_database_url), size_max=1) as pool:
        async with pool.acquire() as borrowed:
            await borrowed.execute("BEGIN; CREATE TEMPORARY TABLE left_open ()")

        assert await pool.fetchval("SELECT to_regclass('left_open')") is None
