"""Worker processes start, are replaced and stop together."""

import asyncio
import os
import socket
from collections.abc import Callable

from intersessional.infra.cli.stdio import STDERR
from tests.infra.cli.forked_program import fork
from tests.infra.cli.program import TIMEOUT_S, run
from tests.infra.http import worker_scenarios


async def said(scenario: Callable[[], None]) -> list[str]:
    """What a process prints in which a scenario runs, to its end."""
    process = await fork(scenario, os.environ, STDERR)
    async with asyncio.timeout(TIMEOUT_S):
        printed = await process.stdout.read()
        assert await process.wait() == 0
    return printed.decode().splitlines()


async def test_worker_that_cannot_start_stops_all_workers() -> None:
    assert await said(worker_scenarios.second_fails) == [
        "Worker 2 ended with 3 before it answered.",
        "0 workers are left",
    ]


async def test_output_of_a_worker_is_printed_and_is_not_its_ready_message() -> None:
    lines = await said(worker_scenarios.both_print)

    assert lines.count("hello") == 2 * worker_scenarios.LINES
    assert lines[-1] == "0 workers are left"


async def test_each_worker_has_random_numbers_of_its_own() -> None:
    lines = await said(worker_scenarios.both_print)

    assert len({line for line in lines if line.startswith("random")}) == 2


async def test_workers_stopped_before_they_are_ready_leave_none_behind() -> None:
    assert await said(worker_scenarios.ended_before_ready) == ["0 workers are left"]


async def test_all_end_when_a_worker_cannot_be_replaced() -> None:
    assert (await said(worker_scenarios.fork_server_killed))[0] == (
        "The process that forks the workers has ended."
    )


async def test_refusal_of_a_worker_is_printed_by_it_and_ends_the_server(
    empty_database_url: str,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ended = await run(
            "serve",
            "--workers",
            "2",
            DATABASE_URL=empty_database_url,
            PORT="0",
            INTERSESSIONAL_METRICS_PORT=str(taken.getsockname()[1]),
        )

    assert ended.code == 1
    assert "INTERSESSIONAL_METRICS_PORT" in ended.err
    assert "Worker 1 ended with 1 before it answered." in ended.err
    assert "Traceback" not in ended.err
    assert ended.out == ""
