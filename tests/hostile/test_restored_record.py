"""A record is restored from an older backup, or loses its tail, under nodes that go on serving."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack, aclosing, asynccontextmanager

import asyncpg
import pytest

from intersessional.infra.client.audit_trail import follow
from intersessional.infra.client.client_socket import socket_url
from intersessional.infra.postgres.connection import SCHEMA
from tests.graphql.client import Client
from tests.graphql.events import events
from tests.graphql.server import WAIT_MAX_S, Server, serving
from tests.hostile.backup import EVERYTHING, STATE, YEAR, Backup, open_cycles, state
from tests.infra.event_store.other_server import replace_server
from tests.upgrade.dump import PG_DUMP

pytestmark = pytest.mark.asyncio(loop_scope="session")

TRAIL = """subscription ($after: Position) {
    auditTrail(after: $after) { position name stream } }"""

Restore = Callable[[Backup], Awaitable[None]]
every_way = pytest.mark.parametrize(
    "restore",
    [
        Backup.replace_database,
        pytest.param(
            Backup.replace_tables,
            marks=pytest.mark.skipif(not PG_DUMP.exists(), reason="pg_dump is not installed"),
        ),
    ],
    ids=["another database", "the same sessions"],
)


@asynccontextmanager
async def two_nodes(backup: Backup) -> AsyncGenerator[tuple[Server, Server]]:
    async with (
        serving(backup.dsn, composition=EVERYTHING) as one,
        serving(backup.dsn, composition=EVERYTHING) as two,
    ):
        yield one, two


@every_way
async def test_every_node_answers_from_the_restored_record_without_a_restart(
    backup: Backup, restore: Restore, caplog: pytest.LogCaptureFixture
) -> None:
    async with two_nodes(backup) as nodes, AsyncExitStack() as stack:
        clients = [
            await stack.enter_async_context(Client(node.url, token=backup.token)) for node in nodes
        ]
        lost = await open_cycles(clients[0], 3)
        reached = [
            await state(client, lambda data: data["headPosition"] == backup.head + 3)
            for client in clients
        ]
        epochs = {before["epoch"] for before in reached}
        for client in clients:
            assert await client.ask(YEAR, year=lost[0]) == {"cycle": {"year": lost[0]}}

        await restore(backup)

        for client in clients:
            after = await state(client, lambda data: data["epoch"] not in epochs)
            assert after["headPosition"] == after["auditTrail"]["totalCount"] == backup.head
            assert await client.ask(YEAR, year=lost[0]) == {"cycle": None}
        # The aggregates in memory are not those of the lost tail: the cycle can be opened again.
        for client, year in zip(clients, lost, strict=False):
            await client.do("openCycle", year=year)
        for node in nodes:
            await node.caught_up()
    assert [one.getMessage() for one in caplog.records if one.exc_info] == []


async def test_watchers_beyond_the_backup_are_told_where_to_go_on_at_every_node(
    backup: Backup,
) -> None:
    async with (
        two_nodes(backup) as (one, two),
        Client(two.url, token=backup.token) as client,
        one.socket() as socket,
        events(client, TRAIL, after=backup.head) as stream,
    ):
        await socket.subscribe("w", TRAIL, after=backup.head)
        await open_cycles(client, 2)
        seen = [await socket.next("w") for _ in range(2)]
        await stream.next()
        await stream.next()
        cursor = stream.last_id

        await backup.replace_database()

        [told] = await socket.error("w")
        assert told["extensions"]["code"] == "RECORD_CHANGED"
        assert told["extensions"]["after"] == backup.head
        event, _ = await stream.end()
        assert event.result()["errors"][0]["extensions"]["after"] == backup.head
        # Whoever comes later with a position of the lost tail is told the same.
        assert cursor is not None
        await socket.subscribe("x", TRAIL, after=cursor)
        [late] = await socket.error("x")
        assert (late["extensions"]["code"], late["extensions"]["after"]) == (
            *("RECORD_CHANGED", backup.head),
        )
        as_of = {"position": cursor}
        assert await client.codes(YEAR, year=1, asOf=as_of) == ["RECORD_CHANGED"]
        # A position that both have is valid, and what came instead follows once.
        epoch = cursor.partition(":")[0]
        await socket.subscribe("y", TRAIL, after=f"{epoch}:{backup.head}")
        await open_cycles(client, 1)
        came = await socket.next("y")
        assert came["auditTrail"]["position"] == seen[0]["auditTrail"]["position"]
        assert came["auditTrail"]["stream"] != seen[0]["auditTrail"]["stream"]


async def test_tail_prints_what_came_instead(backup: Backup) -> None:
    notes: list[str] = []
    async with (
        serving(backup.dsn) as node,
        Client(node.url, token=backup.token) as client,
        aclosing(follow(socket_url(node.url), backup.head, notes.append)) as entries,
        asyncio.timeout(WAIT_MAX_S),
    ):
        await open_cycles(client, 2)
        lost = [(await anext(entries))["position"] for _ in range(2)]
        await backup.replace_database()
        following = asyncio.ensure_future(anext(entries))
        await state(client, lambda data: data["headPosition"] == backup.head)
        await open_cycles(client, 1)

        assert (await following)["position"] == lost[0] == backup.head + 1
    assert any("has lost what it held" in note for note in notes)


async def test_watchers_go_on_when_a_server_is_replaced_that_has_everything(
    backup: Backup,
) -> None:
    async with (
        two_nodes(backup) as (one, two),
        Client(two.url, token=backup.token) as client,
        one.socket() as socket,
        two.socket() as other,
    ):
        for each in (socket, other):
            await each.subscribe("w", TRAIL, after=backup.head)
        await open_cycles(client, 1)
        before = (await client.ask(STATE))["epoch"]
        owner = await asyncpg.connect(backup.dsn, server_settings={"search_path": SCHEMA})
        await replace_server(owner)
        await owner.close()
        await state(client, lambda data: data["epoch"] != before)
        await open_cycles(client, 1)

        for each in (socket, other):
            positions = [(await each.next("w"))["auditTrail"]["position"] for _ in range(2)]
            assert positions == [backup.head + 1, backup.head + 2]
