"""The database is away, silent or full: a node says so, goes on, and recovers by itself."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest
import pytest_asyncio

from intersessional.domain.kernel.act import Role
from intersessional.graphql.execution import operation_executor
from intersessional.infra.embedded_postgres.lease import embedded_postgres
from intersessional.infra.health import health_probe
from intersessional.infra.postgres.connection import SCHEMA
from tests.graphql.client import plain_http
from tests.graphql.scenario import new_id, new_year
from tests.graphql.server import WAIT_MAX_S, Server, serving
from tests.hostile.database_proxy import DatabaseProxy, database_proxy
from tests.hostile.small_disk import SmallDisk, small_disk
from tests.infra.embedded_postgres.lease_holder import server_process, wait_for_end

pytestmark = pytest.mark.asyncio(loop_scope="session")

OPEN = "mutation ($input: OpenCycleInput!) { openCycle(input: $input) { __typename } }"
HEAD = "{ headPosition }"
CYCLE = "query ($year: Int!) { cycle(year: $year) { year } }"
MISSED = f"{SCHEMA}.documents_at"


@pytest.fixture(autouse=True)
def quick_probes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health_probe, "SHARED_S", 0.0)
    monkeypatch.setattr(health_probe, "FAILED_APPEND_S", 0.0)
    monkeypatch.setattr(health_probe, "PROBE_TIMEOUT_S", 20.0)


@pytest_asyncio.fixture(loop_scope="session")
async def proxy(database: str) -> AsyncGenerator[DatabaseProxy]:
    async with database_proxy(database) as proxy:
        yield proxy


async def health(server: Server, which: str = "ready") -> httpx.Response:
    async with plain_http() as http:
        return await http.get(server.url.replace("/graphql", f"/health/{which}"), timeout=20)


async def problems(server: Server) -> list[str]:
    return [one["code"] for one in (await health(server)).json()["problems"]]


async def wait_until_ready(server: Server) -> None:
    async with asyncio.timeout(WAIT_MAX_S):
        while await problems(server):  # noqa: ASYNC110  The database has no event of ours.
            await asyncio.sleep(0.02)


async def wait_until_outages_end(server: Server) -> None:
    async with asyncio.timeout(WAIT_MAX_S):
        while any(one.failures for one in server.backend.outages.values()):  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def open_cycle(server: Server, token: str) -> Any:
    async with plain_http({"Authorization": f"Bearer {token}"}) as http:
        variables = {"input": {"commandId": new_id(), "year": new_year()}}
        body = {"query": OPEN, "variables": variables}
        return (await http.post(server.url, json=body, timeout=60)).json()


async def ask(server: Server) -> Any:
    async with plain_http() as http:
        return (await http.post(server.url, json={"query": HEAD}, timeout=60)).json()


def codes(answer: Any) -> list[str]:
    return [one["extensions"]["code"] for one in answer.get("errors", ())]


async def test_database_that_is_away_is_said_once_and_the_node_recovers(
    proxy: DatabaseProxy, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving(proxy.url) as server:
        await wait_until_ready(server)

        await proxy.go_away()
        away = await health(server)
        queries = [codes(await ask(server)) for _ in range(20)]
        live = await health(server, "live")
        await proxy.come()
        await wait_until_ready(server)
        answer = await ask(server)
        await wait_until_outages_end(server)

    assert away.status_code == 503
    assert [one["code"] for one in away.json()["problems"]] == ["DATABASE_AWAY"]
    assert live.status_code == 200
    assert queries == [["UNAVAILABLE"]] * 20
    assert "errors" not in answer
    lines = [one.getMessage() for one in caplog.records if "database" in one.getMessage()]
    for part in ("the tail of the log", "the pool of connections", "the health probe"):
        begun = [line for line in lines if line.startswith(f"{part} cannot use the database")]
        ended = [line for line in lines if line.startswith(f"{part} can use the database again")]
        assert (len(begun), len(ended)) == (1, 1), lines
    assert not any(one.exc_info for one in caplog.records)


async def test_function_that_one_statement_misses_is_told_with_its_stack_and_the_node_goes_on(
    database: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving(database) as server, await server.client() as client:
        await wait_until_ready(server)
        owner = await asyncpg.connect(database)
        await owner.execute(f"ALTER FUNCTION {MISSED} RENAME TO elsewhere")
        answers = [await client.codes(CYCLE, year=new_year()) for _ in range(20)]
        read, told = await ask(server), await health(server)
        await owner.execute(f"ALTER FUNCTION {SCHEMA}.elsewhere RENAME TO documents_at")
        await owner.close()

    assert answers == [["UNAVAILABLE"]] * 20
    assert "errors" not in read
    assert told.status_code == 200
    assert [one["code"] for one in told.json()["warnings"]] == ["DATABASE_LACKS"]
    lines = [one for one in caplog.records if "the pool of connections" in one.getMessage()]
    [line] = lines
    assert "documents_at" in line.getMessage()
    assert "call_batch.py" in (line.stack_info or "")


async def test_silent_database_is_answered_by_one_probe_for_all_who_ask(
    proxy: DatabaseProxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with serving(proxy.url) as server:
        await server.caught_up()
        monkeypatch.setattr(health_probe, "SHARED_S", 30.0)
        monkeypatch.setattr(health_probe, "PROBE_TIMEOUT_S", 0.3)
        proxy.partition()
        before = proxy.accepted
        answers = await asyncio.gather(*(health(server) for _ in range(20)))
        probed = proxy.accepted - before
        live = await health(server, "live")
        with monkeypatch.context() as patch:
            patch.setattr(operation_executor, "OPERATION_S", 0.5)
            read = await ask(server)
        proxy.heal()
        monkeypatch.setattr(health_probe, "SHARED_S", 0.0)
        monkeypatch.setattr(health_probe, "PROBE_TIMEOUT_S", 20.0)
        await wait_until_ready(server)
        answer = await ask(server)

    assert {one.status_code for one in answers} == {503}
    assert {one["code"] for each in answers for one in each.json()["problems"]} == {
        "DATABASE_SILENT"
    }
    # The probe connects; the pool connects for its cancel request.
    assert probed <= 3
    assert live.status_code == 200
    assert codes(read) == ["UNAVAILABLE"]
    assert "errors" not in answer


@pytest.fixture
def disk(tmp_path: Path) -> Any:
    with small_disk(tmp_path, size_mib=128) as disk:
        yield disk


async def test_full_disk_stops_appends_alone_and_a_fallen_server_comes_back(
    disk: SmallDisk, caplog: pytest.LogCaptureFixture
) -> None:
    directory = disk.path / "data"
    async with embedded_postgres(directory) as dsn, serving(dsn) as server:
        token = (await server.token(Role.SECRETARIAT)).text
        await open_cycle(server, token)

        disk.fill()
        refused = 0
        for _ in range(300):
            if codes(await open_cycle(server, token)):
                refused += 1
            if refused == 3:
                break
        read, full = await ask(server), await problems(server)
        disk.empty()
        await wait_until_ready(server)
        recorded = await open_cycle(server, token)

        assert refused == 3
        assert "errors" not in read
        assert full == ["DATABASE_FULL"]
        assert "errors" not in recorded
        lines = [one.getMessage() for one in caplog.records]
        assert sum(line.startswith("the sequencer cannot use") for line in lines) == 1
        assert sum(line.startswith("the sequencer can use") for line in lines) == 1

        disk.fill()
        fallen = server_process(directory)
        fallen.kill()
        await wait_for_end(fallen)
        away = await problems(server)
        disk.empty()
        await wait_until_ready(server)

        assert away == ["DATABASE_AWAY"]
        assert server_process(directory) != fallen
        assert "errors" not in await open_cycle(server, token)
