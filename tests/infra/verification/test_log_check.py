"""Changed, removed and inserted events are found from the stored bytes, with their positions."""

import asyncio
from collections.abc import AsyncGenerator, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID

import asyncpg
import pytest
import pytest_asyncio

from intersessional.domain.kernel.occurred import rfc3339
from intersessional.infra.event_store.append.sequencer import Sequencer
from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.event_store.format.leaf import leaf_bytes
from intersessional.infra.event_store.format.merkle import Frontier, leaf_hash
from intersessional.infra.verification import record_page
from intersessional.infra.verification.verification import verify_log
from tests.infra.event_store.append_requests import TOPIC, a_new_stream, an_append, an_event
from tests.infra.event_store.store_location import StoreLocation

A, B = UUID(int=1), UUID(int=2)
NOON = datetime(2018, 4, 4, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_page, "EVENTS_A_PAGE", 3)


@pytest_asyncio.fixture
async def seven_events(sequencer: Sequencer) -> None:
    for event in (
        *(an_event(A), an_event(A, 2), an_event(B), an_event(A, 3)),
        *(an_event(B, 2), an_event(B, 3), an_event(A, 4)),
    ):
        await sequencer.append(an_append(event))


@asynccontextmanager
async def unlocked(owner: asyncpg.Connection) -> AsyncGenerator[asyncpg.Connection]:
    """The owner, with the triggers disabled."""
    for table in ("stored_events", "head"):
        await owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
    yield owner


async def found_at(owner: asyncpg.Connection) -> list[int | None]:
    """The positions at which something is found, each once."""
    found = await verify_log(owner)
    return [*dict.fromkeys(one.position for one in found.discrepancies)]


async def test_empty_log_is_verified(location: StoreLocation) -> None:
    assert (await location.verified_head()).position == 0


@pytest.mark.usefixtures("seven_events")
async def test_appended_log_is_verified(location: StoreLocation, log: EventLog) -> None:
    assert await location.verified_head() == await log.head()


async def test_growing_log_is_verified_at_every_moment(
    sequencer: Sequencer, location: StoreLocation
) -> None:
    async def append() -> None:
        for _ in range(40):
            await sequencer.append(a_new_stream())

    growing = asyncio.create_task(append())
    heads: list[int] = []
    async with asyncio.timeout(30):
        while not growing.done():
            heads.append((await location.verified_head()).position)
    await growing

    assert heads == sorted(heads)
    assert (await location.verified_head()).position == 40


AT_4 = "UPDATE stored_events SET {} WHERE notification_id = 4"


@pytest.mark.usefixtures("seven_events")
@pytest.mark.parametrize(
    ("tampering", "positions"),
    [
        (AT_4.format("state = set_byte(state, 5, get_byte(state, 5) # 1)"), [4]),
        (AT_4.format("state = NULL"), [4]),
        (AT_4.format("leaf_hash = set_byte(leaf_hash, 31, get_byte(leaf_hash, 31) # 1)"), [4, 7]),
        (AT_4.format("topic = 'note.made.v2'"), [4]),
        (AT_4.format("topic = U&'o\\0308'"), [4]),
        (AT_4.format("topic = NULL"), [4]),
        (AT_4.format("originator_id = gen_random_uuid()"), [4, 7]),
        (AT_4.format("originator_version = 9"), [4, 7]),
        (AT_4.format("recorded_at = recorded_at + interval '1 microsecond'"), [4]),
        ("DELETE FROM stored_events WHERE notification_id = 4", [4, 7]),
        ("DELETE FROM stored_events WHERE notification_id = 7", [7]),
        ("DELETE FROM stored_events WHERE notification_id < 3", [1, 4]),
        ("DELETE FROM stored_events", [1]),
        (
            "UPDATE stored_events SET notification_id = -notification_id"
            " WHERE notification_id IN (3, 5);"
            "UPDATE stored_events SET notification_id = 8 + notification_id"
            " WHERE notification_id IN (-3, -5)",
            [3, 4, 5, 7],
        ),
        (
            "INSERT INTO stored_events SELECT gen_random_uuid(), 1, topic, state, 8, recorded_at,"
            " leaf_hash FROM stored_events WHERE notification_id = 7",
            [8],
        ),
        (
            "INSERT INTO stored_events SELECT gen_random_uuid(), 1, topic, state, n, recorded_at,"
            " leaf_hash FROM stored_events, unnest(ARRAY[-5, 0]) AS n WHERE notification_id = 7",
            [-5, 0],
        ),
        ("DELETE FROM stored_events WHERE notification_id IN (2, 6)", [2, 4, 6]),
        (
            "UPDATE head SET frontier[2] = set_byte(frontier[2], 0, get_byte(frontier[2], 0) # 1)",
            [7],
        ),
        ("UPDATE head SET recorded_at = recorded_at + interval '1 microsecond'", [7]),
        ("UPDATE head SET position = 6, frontier = frontier[1:2]", [6, 7]),
        ("UPDATE head SET position = 11, frontier = frontier", [8]),
        (
            "UPDATE stored_events SET leaf_hash = sha256('forged'),"
            " state = '{}' WHERE notification_id = 4",
            [4, 7],
        ),
    ],
)
async def test_manipulated_row_is_found_at_its_position(
    owner: asyncpg.Connection, tampering: str, positions: list[int]
) -> None:
    async with unlocked(owner):
        await owner.execute(tampering)

    assert await found_at(owner) == positions


@pytest.mark.usefixtures("seven_events")
async def test_rehashed_leaf_does_not_match_the_log_head(
    owner: asyncpg.Connection, log: EventLog
) -> None:
    [row] = await log.by_position([4])
    forged = leaf_bytes(
        rfc3339(row.recorded_at), b'{"forged":1}', 4, row.stream, row.topic, row.version
    )
    async with unlocked(owner):
        await owner.execute(
            "UPDATE stored_events SET state = $1, leaf_hash = $2 WHERE notification_id = 4",
            b'{"forged":1}',
            leaf_hash(forged),
        )

    assert await found_at(owner) == [7]


async def forge(owner: asyncpg.Connection, events: Iterable[tuple[UUID, int, datetime]]) -> None:
    """Write a log whose hashes match its rows."""
    frontier = Frontier()
    async with unlocked(owner):
        for position, (stream, version, at) in enumerate(events, 1):
            leaf = leaf_hash(leaf_bytes(rfc3339(at), b"{}", position, stream, TOPIC, version))
            frontier.append(leaf)
            await owner.execute(
                "INSERT INTO stored_events VALUES ($1, $2, $3, '{}', $4, $5, $6)",
                *(stream, version, TOPIC, position, at, leaf),
            )
            await owner.execute(
                "UPDATE head SET position = $1, recorded_at = $2, frontier = $3",
                *(position, at, frontier.hashes),
            )


@pytest.mark.parametrize(
    ("events", "broken_at"),
    [
        ([(A, 1), (A, 2), (B, 1), (A, 3), (B, 2)], []),
        ([(A, 0), (A, 1)], []),
        ([(A, 1), (B, 1), (A, 3)], [3]),
        ([(A, 1), (B, 2)], [2]),
        ([(A, 1), (A, 3), (A, 2)], [2]),
        ([(A, 2), (A, 1)], [1]),
        ([(A, 1), (A, 2), (B, 1), (B, 2), (A, 4), (A, 3)], [5]),
        ([(A, 1), (A, 0)], [1]),
        ([(A, -1)], [1]),
    ],
)
async def test_missing_version_of_a_stream_is_found(
    owner: asyncpg.Connection, events: list[tuple[UUID, int]], broken_at: list[int]
) -> None:
    await forge(owner, ((stream, version, NOON) for stream, version in events))

    assert await found_at(owner) == broken_at


async def test_event_recorded_before_its_predecessor_is_found(owner: asyncpg.Connection) -> None:
    times = (NOON, NOON + timedelta(seconds=1), NOON)
    await forge(owner, ((A, version, at) for version, at in enumerate(times, 1)))

    [found] = (await verify_log(owner)).discrepancies

    assert found.position == 3
    assert "before its predecessor" in found.sentence
