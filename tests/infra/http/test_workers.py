"""Worker processes start, are replaced and stop together."""

import asyncio
import os
import socket
from collections.abc import Generator
from pathlib import Path

import psutil
import pytest

from intersessional.infra.http.server.listener import listen
from intersessional.infra.http.server.workers import WorkerError, Workers
from tests.processes import children

WAIT_MAX_S = 60


@pytest.fixture
def listener() -> Generator[socket.socket]:
    with listen("127.0.0.1", 0) as listener:
        yield listener


def workers() -> list[psutil.Process]:
    """The workers that this process has started, and that are there still."""
    return children(psutil.Process(), "intersessional.infra.cli")


async def test_worker_that_cannot_start_stops_all_workers(
    listener: socket.socket,
) -> None:
    nowhere = os.environ | {"DATABASE_URL": "postgresql://127.0.0.1:1/nowhere"}
    nodes = Workers(count=2, listener=listener, environment=nowhere)
    received: list[str] = []

    async with asyncio.timeout(WAIT_MAX_S):
        with pytest.raises(WorkerError, match="before it answered"):
            await nodes.serve(lambda: received.append("ready"))

    assert received == []
    assert workers() == []


async def test_output_of_a_worker_is_printed_and_is_not_its_ready_message(
    listener: socket.socket,
    empty_database_url: str,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    lines = "hello\\n" * 20_000
    (tmp_path / "sitecustomize.py").write_text(f"print('{lines}', flush=True)")
    given = {"DATABASE_URL": empty_database_url, "PYTHONPATH": str(tmp_path)}
    nodes = Workers(count=2, listener=listener, environment=os.environ | given)

    async with asyncio.timeout(WAIT_MAX_S):
        await nodes.serve(nodes.end.set)

    assert capfd.readouterr().out.count("hello") == 40_000
    assert workers() == []


async def test_workers_stopped_before_they_are_ready_leave_none_behind(
    listener: socket.socket, empty_database_url: str
) -> None:
    environment = os.environ | {"DATABASE_URL": empty_database_url}
    nodes = Workers(count=2, listener=listener, environment=environment)
    serving = asyncio.create_task(nodes.serve(lambda: None))
    async with asyncio.timeout(WAIT_MAX_S):
        while len(workers()) < 2:  # noqa: ASYNC110  A process rings no bell.
            await asyncio.sleep(0.01)

        nodes.end.set()
        await serving

    assert workers() == []
