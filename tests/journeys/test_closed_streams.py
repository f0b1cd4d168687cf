"""A server runs with any of its standard streams closed."""

import asyncio
import os
import signal

import httpx
import pytest

from tests.infra.cli.program import PROGRAM, TIMEOUT_S
from tests.ports import free_port


@pytest.mark.parametrize(("closed", "workers"), [(">&-", "1"), ("<&- >&- 2>&-", "2")])
async def test_server_runs_and_ends_with_closed_streams(
    empty_database_url: str, closed: str, workers: str
) -> None:
    port = str(free_port())
    process = await asyncio.create_subprocess_exec(
        *("sh", "-c", f'exec "$0" "$@" {closed}', PROGRAM, "serve", "--workers", workers),
        env=os.environ | {"DATABASE_URL": empty_database_url, "PORT": port},
        stdout=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(TIMEOUT_S):
            await wait_until_healthy(f"http://127.0.0.1:{port}/health")
            process.send_signal(signal.SIGTERM)
            assert await process.wait() == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def wait_until_healthy(url: str) -> None:
    """Wait until the health check answers 200."""
    async with httpx.AsyncClient(trust_env=False) as http:
        while True:
            try:
                response = await http.get(url)
            except httpx.TransportError:
                await asyncio.sleep(0.05)
            else:
                # It is live before its views are built.
                if response.status_code == 200:
                    return
                await asyncio.sleep(0.05)
