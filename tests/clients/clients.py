"""Runs standard clients as programs of Node."""

import asyncio
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
WAIT_MAX_S = 60.0

NODE = shutil.which("node")

PACKAGES = json.loads((HERE / "package.json").read_text())["dependencies"]

needs_node = pytest.mark.skipif(
    NODE is None or not all((HERE / "node_modules" / name).exists() for name in PACKAGES),
    reason="Node or the clients' packages are not here: run npm install in tests/clients.",
)


async def run(script: str, **given: Any) -> Any:
    """Run a script with arguments in JSON; returns the JSON that it prints."""
    return json.loads(await node(script, json.dumps(given)))


async def node(*arguments: str) -> str:
    """Run Node; returns its output. Fails when Node fails or does not end."""
    process = await asyncio.create_subprocess_exec(
        str(NODE),
        *arguments,
        cwd=HERE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(WAIT_MAX_S):
            printed, errors = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert process.returncode == 0, errors.decode() or printed.decode()
    return printed.decode()
