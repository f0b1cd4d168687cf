"""No answered append is lost when a writer, PostgreSQL or its session is killed."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncGenerator
from itertools import count
from pathlib import Path
from uuid import UUID

import psutil
import pytest
import pytest_asyncio

from intersessional.infra.embedded_postgres.lease import embedded_postgres
from intersessional.infra.event_store.append.sequencer import Sequencer
from intersessional.infra.event_store.event_log import EventLog
from tests.infra.embedded_postgres.lease_holder import server_process
from tests.infra.event_store.append.writer_process import CLIENTS, the_append, write
from tests.infra.event_store.store_location import StoreLocation

ROOT = Path(__file__).parents[4]
KILLS = 2
ANSWERS_A_LIFE = 200


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of a server that no other test uses."""
    return tmp_path_factory.mktemp("killed")


@pytest_asyncio.fixture
async def location(directory: Path) -> AsyncGenerator[StoreLocation]:
    async with embedded_postgres(directory) as url:
        yield await StoreLocation.make(url)


async def assert_complete(location: StoreLocation, answered: dict[int, int]) -> None:
    """Every answered append is recorded once at its position, and a repeat is answered with it."""
    append_count = max(answered) + 2 * CLIENTS + 1
    async with (
        location.pool() as pool,
        Sequencer(location.url, schema=location.schema) as sequencer,
    ):
        log = EventLog(pool)
        # The session of a killed process may commit its last batch still while we look.
        last = (await location.verified_head()).position
        found = {row.position: row.stream for row in await log.read(0, last, until=last)}
        assert {number: found[answered[number]] for number in answered} == {
            number: the_append(number).commands[0].subject for number in answered
        }
        assert len(found) == last

        again = await asyncio.gather(
            *(sequencer.append(the_append(number)) for number in range(append_count))
        )

        for number, [receipt] in enumerate(again):
            if number in answered:
                assert (receipt.first, receipt.repeated) == (answered[number], True)
        recorded: list[tuple[UUID, int]] = [
            (row.stream, row.version) for row in await log.read(0, 100_000)
        ]
        assert sorted(recorded) == sorted(
            (event.stream, event.version)
            for number in range(append_count)
            for event in the_append(number).commands[0].events
        )
        assert (await location.verified_head()).position == len(recorded)


async def life(location: StoreLocation, *, first: int, step: int = 1) -> dict[int, int]:
    """The answers to a process that writes every ``step``-th append until it is killed."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.infra.event_store.append.writer_process"),
        *(location.url, location.schema, str(first), str(step)),
        stdout=PIPE,
        cwd=ROOT,
    )
    assert process.stdout
    answered: dict[int, int] = {}
    async with asyncio.timeout(60):
        while (line := (await process.stdout.readline()).decode()).endswith("\n"):
            command, position = map(int, line.split())
            answered[command] = position
            if len(answered) == ANSWERS_A_LIFE:
                process.kill()
        await process.communicate()
    assert len(answered) >= ANSWERS_A_LIFE
    return answered


async def test_killed_writer_loses_no_answered_append(location: StoreLocation) -> None:
    answered: dict[int, int] = {}

    for _ in range(KILLS):
        answered |= await life(location, first=max(answered, default=-CLIENTS) + CLIENTS)

    await assert_complete(location, answered)


async def test_two_killed_writers_lose_no_answered_append(location: StoreLocation) -> None:
    lives = await asyncio.gather(life(location, first=0, step=2), life(location, first=1, step=2))

    positions = [position for one in lives for position in one.values()]
    assert len(set(positions)) == len(positions)
    await assert_complete(location, lives[0] | lives[1])


@pytest.mark.parametrize("victim", ["server", "session"])
async def test_killed_postgres_loses_no_answered_append(
    location: StoreLocation, directory: Path, victim: str
) -> None:
    answered: dict[int, int] = {}

    async def answers(more: int) -> None:
        enough = len(answered) + more
        while len(answered) < enough:
            recorded_one.clear()
            await recorded_one.wait()

    def on_answer(number: int, position: int) -> None:
        answered[number] = position
        recorded_one.set()

    recorded_one = asyncio.Event()
    async with (
        asyncio.timeout(60),
        Sequencer(location.url, schema=location.schema) as sequencer,
    ):
        writing = asyncio.create_task(write(sequencer, count(), on_answer))
        for _ in range(KILLS):
            await answers(ANSWERS_A_LIFE)
            if victim == "server":
                (await running_server(directory)).kill()
            else:
                psutil.Process(await session_that_writes(location)).kill()
        await answers(ANSWERS_A_LIFE)
        writing.cancel()
        await asyncio.wait([writing])

    await assert_complete(location, answered)


async def running_server(directory: Path) -> psutil.Process:
    """The main process of the server, once there is one again after the last kill."""
    while True:
        try:
            return server_process(directory)
        except (psutil.NoSuchProcess, FileNotFoundError, IndexError):
            # Between two lives the file with its number is stale, gone or empty.
            await asyncio.sleep(0.01)


async def session_that_writes(location: StoreLocation) -> int:
    async with location.as_owner() as owner:
        return int(
            await owner.fetchval(
                "SELECT pid FROM pg_stat_activity"
                " WHERE query LIKE '%append_events%' AND pid <> pg_backend_pid()"
            )
        )
