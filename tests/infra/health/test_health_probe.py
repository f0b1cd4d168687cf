"""The probe finds what stops queries or appends, and leaves nothing behind."""

import logging
from collections.abc import AsyncGenerator

import asyncpg
import pytest
import pytest_asyncio

from intersessional.concurrency.outage import Outage
from intersessional.infra.health import health_probe
from intersessional.infra.health.health_probe import HealthProbe

pytestmark = pytest.mark.asyncio(loop_scope="session")

STRAY_EVENT = """
INSERT INTO intersessional.stored_events
    (originator_id, originator_version, topic, state, notification_id, recorded_at, leaf_hash)
VALUES (gen_random_uuid(), 1, 'x', '', 999999, now(), '')
"""


@pytest.fixture(autouse=True)
def always_probe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health_probe, "SHARED_S", 0.0)
    monkeypatch.setattr(health_probe, "PROBE_TIMEOUT_S", 20.0)


@pytest.fixture
def appends() -> Outage:
    return Outage(logging.getLogger(__name__), "the sequencer")


@pytest_asyncio.fixture(loop_scope="session")
async def probe(database_url: str, appends: Outage) -> AsyncGenerator[HealthProbe]:
    probe = HealthProbe(database_url, views=(), appends=appends)
    yield probe
    await probe.close()


@pytest_asyncio.fixture(loop_scope="session")
async def owner(database_url: str) -> AsyncGenerator[asyncpg.Connection]:
    owner = await asyncpg.connect(database_url)
    yield owner
    await owner.close()


async def codes(probe: HealthProbe) -> list[str]:
    return [one.code for one in (await probe.report()).problems]


async def test_empty_record_is_well(probe: HealthProbe) -> None:
    report = await probe.report()

    assert report.is_ready
    assert report.head_position == 0


async def test_event_behind_the_head_stops_appends_and_is_found(
    probe: HealthProbe, owner: asyncpg.Connection
) -> None:
    await owner.execute(STRAY_EVENT)

    assert await codes(probe) == ["LOG_INCONSISTENT"]


async def test_lock_of_the_log_that_is_not_given_back_is_found(
    database_url: str,
    appends: Outage,
    owner: asyncpg.Connection,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(health_probe, "LOCK_HELD_S", 0.0)
    probe = HealthProbe(database_url, views=(), appends=appends)
    async with owner.transaction():
        await owner.execute("LOCK TABLE intersessional.stored_events IN SHARE MODE")
        locked = await codes(probe)
    free = await codes(probe)
    await probe.close()

    assert (locked, free) == (["LOG_LOCKED"], [])


async def test_database_that_takes_no_writes_is_found(
    probe: HealthProbe, owner: asyncpg.Connection
) -> None:
    name = await owner.fetchval("SELECT current_database()")
    await owner.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')

    assert await codes(probe) == ["DATABASE_READ_ONLY"]


async def test_missing_table_is_a_fault(probe: HealthProbe, owner: asyncpg.Connection) -> None:
    await owner.execute("ALTER TABLE intersessional.view_heads RENAME TO elsewhere")

    assert await codes(probe) == ["DATABASE_FAULT"]


async def test_failed_append_is_a_problem_until_one_succeeds(
    probe: HealthProbe, appends: Outage
) -> None:
    appends.failed(TimeoutError())
    failed = await codes(probe)
    appends.ended()

    assert failed == ["APPENDS_FAIL"]
    assert await codes(probe) == []


async def test_node_that_builds_its_views_is_not_ready(probe: HealthProbe) -> None:
    probe.is_starting = True

    assert await codes(probe) == ["STARTING"]


async def test_probes_use_one_connection(probe: HealthProbe, owner: asyncpg.Connection) -> None:
    for _ in range(3):
        await probe.report()

    sessions = await owner.fetchval(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND application_name = 'intersessional'"
    )
    assert sessions == 1
