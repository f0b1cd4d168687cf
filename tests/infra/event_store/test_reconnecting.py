"""A connection of one's own, that answers only for what has reached the disk."""

import asyncio
from collections.abc import AsyncGenerator
from urllib.parse import urlsplit

import asyncpg
import pytest
import pytest_asyncio

from intersessional.infra.postgres.connection import server_settings
from intersessional.infra.postgres.node_login import NODE_ROLE
from intersessional.infra.postgres.reconnecting import ReconnectingConnection
from tests.databases import node_url
from tests.infra.event_store.store_location import StoreLocation


@pytest_asyncio.fixture
async def link(location: StoreLocation) -> AsyncGenerator[ReconnectingConnection]:
    link = ReconnectingConnection(location.url, location.schema)
    yield link
    await link.drop()


async def test_commit_is_on_disk_although_the_database_defaults_to_asynchronous(
    database_url: str,
) -> None:
    name = urlsplit(database_url).path[1:]
    administrator = await asyncpg.connect(database_url)

    for configured, used in (
        *(("off", "on"), ("local", "on"), ("on", "on")),
        ("remote_apply", "remote_apply"),
    ):
        await administrator.execute(
            f'ALTER DATABASE "{name}" SET synchronous_commit = {configured}'
        )
        connection = await (link := ReconnectingConnection(await node_url(database_url))).get()

        assert await connection.fetchval("SHOW synchronous_commit") == used
        await link.drop()

    await administrator.close()


async def test_connection_has_the_login_that_can_only_append(link: ReconnectingConnection) -> None:
    connection = await link.get()

    assert await connection.fetchval("SELECT session_user") == NODE_ROLE


async def test_connection_is_reused_until_it_is_dropped(link: ReconnectingConnection) -> None:
    first = await link.get()
    again = await link.get()

    await link.drop()
    await link.drop()

    assert again is first
    assert await link.get() is not first


@pytest.mark.parametrize("name", ["", "Record", "a b", 'a"b', "1a", "a" * 64])
def test_schema_name_is_plain(name: str) -> None:
    with pytest.raises(ValueError, match="no name for a schema"):
        server_settings(name)


async def test_connection_that_the_server_has_closed_is_replaced(
    link: ReconnectingConnection, location: StoreLocation
) -> None:
    first = await link.get()
    ended = asyncio.Event()
    first.add_termination_listener(lambda _: ended.set())
    async with location.as_owner() as owner:
        await owner.execute("SELECT pg_terminate_backend($1)", first.get_server_pid())
    async with asyncio.timeout(30):
        await ended.wait()

    assert await (await link.get()).fetchval("SELECT 1") == 1
