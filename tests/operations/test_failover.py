"""The primary is killed under load, its synchronous standby is promoted, and nothing is lost.

The settings and statements are those of docs/backup.md.
"""

import asyncio
import logging
import re
import signal
import socket
from collections.abc import AsyncGenerator
from pathlib import Path

import orjson
import pytest
import pytest_asyncio

from intersessional.concurrency.outage import Outage
from intersessional.domain.command_handling.event_store import EventStoreError
from intersessional.infra.event_store.append import sequencer as sequencer_module
from intersessional.infra.event_store.append.sequencer import Sequencer
from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.health import health_probe
from intersessional.infra.health.health_probe import HealthProbe
from intersessional.infra.postgres import hosts
from intersessional.infra.postgres.pool import open_pool
from tests.graphql.socket import open_socket
from tests.infra.event_store.append_requests import a_new_stream
from tests.journeys.live_server import ready
from tests.operations.installations import Installation
from tests.operations.postgres_server import PostgresServer, PostgresServers
from tests.recorded import record_all

WRITERS = 16
EVENTS_MIN = 300
PAGE = (Path(__file__).parents[2] / "docs" / "backup.md").read_text(encoding="utf-8")
[SETTINGS] = re.findall(r"```\n(synchronous_standby_names.*?)```", PAGE, re.DOTALL)
GO_ON_ALONE, WAIT_FOR_STANDBY = re.findall(r" *```sql\n(.*?)```", PAGE, re.DOTALL)
TRAIL = "subscription ($after: Position) { auditTrail(after: $after) { position } }"


class Pair:
    """A primary with a standby that confirms every commit."""

    def __init__(self, primary: PostgresServer, standby: PostgresServer) -> None:
        self.primary = primary
        self.standby = standby

    @property
    def url(self) -> str:
        """The DSN of whichever of the two is the primary."""
        hosts = f"127.0.0.1:{self.primary.port},127.0.0.1:{self.standby.port}"
        return f"postgresql://postgres@{hosts}/postgres?target_session_attrs=read-write"

    def fail_over(self) -> None:
        """Kill the primary, and make the standby one, which goes on alone."""
        self.primary.stop(signal.SIGKILL)
        self.standby.promote()
        self.standby.run_statements(GO_ON_ALONE)

    def rejoin(self) -> None:
        """Make the old primary a standby of the new one, which waits for it."""
        self.standby.run("psql", "-c", "CHECKPOINT")
        source = f"host=127.0.0.1 port={self.standby.port} user=postgres dbname=postgres"
        self.primary.rewind(source)
        self.primary.start()
        self.standby.run_statements(WAIT_FOR_STANDBY)
        self.standby.wait_for("SELECT bool_or(sync_state = 'sync') FROM pg_stat_replication")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def pair(servers: PostgresServers, installation: Installation) -> AsyncGenerator[Pair]:
    """A primary with what the demo records, and its synchronous standby."""
    primary = servers.empty("primary", installation)
    primary.write_settings(f"{SETTINGS}synchronous_standby_names = ''\n")
    primary.start()
    await record_all(primary.url())
    primary.write_settings(SETTINGS)
    primary.run(
        *("pg_basebackup", "--write-recovery-conf", "--checkpoint=fast", "--no-sync"),
        *("-D", servers.directory("standby")),
    )
    standby = servers.on("standby", installation)
    standby.start()
    primary.run_statements("SELECT pg_reload_conf();")
    primary.wait_for("SELECT bool_or(sync_state = 'sync') FROM pg_stat_replication")
    yield Pair(primary, standby)


async def test_server_that_does_not_answer_is_passed_over(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hosts, "HOST_TIMEOUT_S", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        # The system takes the connection, and no server reads from it.
        port = silent.getsockname()[1]
        url = pair.url.replace("127.0.0.1:", f"127.0.0.1:{port},127.0.0.1:", 1)
        # It tries again where the machine is so busy that no server answers in time.
        async with Sequencer(url) as sequencer:
            [recorded] = await sequencer.append(a_new_stream())

    assert recorded.first == recorded.last


async def test_nothing_is_acknowledged_while_the_standby_is_away(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sequencer_module, "COMMIT_TIMEOUT_S", 0.3)
    monkeypatch.setattr(health_probe, "LOCK_HELD_S", 0.0)
    async with (
        open_pool(pair.url) as pool,
        Sequencer(pair.url, timeout_s=0.5) as impatient,
        Sequencer(pair.url) as patient,
    ):
        log = EventLog(pool)
        before = (await log.head()).position
        pair.standby.stop()

        append = a_new_stream()
        with pytest.raises(EventStoreError):
            await impatient.append(append)
        assert (await log.head()).position == before
        assert await problems(pair.url) == ["STANDBY_AWAY"]

        pair.standby.start()
        [recorded] = await patient.append(append)
        assert recorded.last == before + 1
        assert (await log.head()).position == before + 1


async def problems(url: str) -> list[str]:
    """The codes of what a node says of its health."""
    probe = HealthProbe(url, views=(), appends=Outage(logging.getLogger(__name__), "appends"))
    try:
        return [one.code for one in (await probe.report()).problems]
    finally:
        await probe.close()


class Load:
    """Writers that append without a pause, and what was acknowledged to them."""

    def __init__(self, url: str) -> None:
        self.acknowledged: dict[int, str] = {}
        self._url = url

    async def run(self, until: asyncio.Event) -> None:
        """Append until told to stop; a refusal for want of a database is tried again."""
        async with Sequencer(self._url) as sequencer, asyncio.TaskGroup() as writers:
            for _ in range(WRITERS):
                writers.create_task(self._write(sequencer, until))

    async def _write(self, sequencer: Sequencer, until: asyncio.Event) -> None:
        while not until.is_set():
            append = a_new_stream()
            [recorded] = await sequencer.append(append)
            self.acknowledged[recorded.last] = str(recorded.subject)

    async def has(self, count: int) -> None:
        """Wait until so many are acknowledged."""
        while len(self.acknowledged) < count:  # noqa: ASYNC110  The writers have no event.
            await asyncio.sleep(0.01)


async def watch(url: str, after: int, positions: list[int]) -> None:
    """Add each position that a watcher is told, on one socket."""
    async with open_socket(url) as socket:
        await socket.introduce()
        await socket.subscribe("w", TRAIL, after=after)
        while True:
            message = orjson.loads(await socket.connection.recv())
            if message["type"] == "next":
                positions.append(message["payload"]["data"]["auditTrail"]["position"])
            assert message["type"] in ("next", "ping"), message


async def test_nothing_acknowledged_is_lost_when_the_primary_is_killed_and_watchers_go_on(
    pair: Pair,
) -> None:
    variables = {"DATABASE_URL": pair.url, "INTERSESSIONAL_MODE": "development"}
    load, stop = Load(pair.url), asyncio.Event()
    told: list[int] = []
    async with (
        ready("serve", PORT="0", **variables) as server,
        asyncio.timeout(60),
        asyncio.TaskGroup() as tasks,
    ):
        async with open_pool(pair.url, size_max=1) as pool:
            first = (await EventLog(pool).head()).position
        watching = tasks.create_task(watch(server.url, first, told))
        writing = tasks.create_task(load.run(stop))
        await load.has(EVENTS_MIN)
        await asyncio.to_thread(pair.fail_over)
        await load.has(len(load.acknowledged) + EVENTS_MIN)
        await asyncio.to_thread(pair.rejoin)
        await load.has(len(load.acknowledged) + EVENTS_MIN)
        stop.set()
        await writing

        async with open_pool(pair.url, size_max=1) as pool:
            rows = await EventLog(pool).read(first, 1_000_000)
        while len(told) < len(rows):  # noqa: ASYNC110  A list has no event.
            await asyncio.sleep(0.01)
        watching.cancel()
        logged = server.running.stderr()

    stored = {row.position: str(row.stream) for row in rows}
    assert load.acknowledged.items() <= stored.items()
    assert told == [row.position for row in rows] == [*range(first + 1, rows[-1].position + 1)]
    assert "Traceback" not in logged, logged
