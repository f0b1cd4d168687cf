"""An nginx of Debian's package, set up as docs/running.md says."""

import asyncio
import os
import re
import shutil
import signal
import subprocess
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.graphql.server import WAIT_MAX_S
from tests.ports import free_port

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
needs_nginx = pytest.mark.skipif(
    NGINX is None, reason="nginx is not installed; .ci/run installs Debian's package"
)

_PAGE = Path(__file__).parents[2] / "docs" / "running.md"
_AROUND = """
{user}
daemon off;
error_log stderr;
pid {directory}/pid;
worker_processes 1;
events {{}}
http {{
    access_log off;
    client_body_temp_path {directory}/body;
    proxy_temp_path {directory}/proxy;
    fastcgi_temp_path {directory}/fastcgi;
    uwsgi_temp_path {directory}/uwsgi;
    scgi_temp_path {directory}/scgi;
{block}
}}
"""


def documented_block() -> str:
    """The configuration that the page shows."""
    (block,) = re.findall(r"```nginx\n(.*?)```", _PAGE.read_text(encoding="utf-8"), re.DOTALL)
    return str(block)


@asynccontextmanager
async def open_nginx(directory: Path, *nodes: str) -> AsyncGenerator[str]:
    """The URL of the API behind an nginx; the page's servers are replaced by the nodes."""
    places = [urlsplit(node).netloc for node in nodes]
    port = free_port()
    block = re.sub(
        r"( +server \S+;\n)+", "".join(f"server {at};\n" for at in places), documented_block()
    )
    block, replaced = re.subn(r"listen 80;", f"listen 127.0.0.1:{port};", block)
    assert replaced == 1
    # Workers of an nginx that root starts would be another user, who cannot write here.
    user = "user root;" if os.geteuid() == 0 else ""
    configuration = directory / "nginx.conf"
    configuration.write_text(_AROUND.format(user=user, directory=directory, block=block))
    process = await asyncio.create_subprocess_exec(
        str(NGINX), "-p", str(directory), "-c", str(configuration), stderr=subprocess.PIPE
    )
    try:
        async with asyncio.timeout(WAIT_MAX_S):
            await _listens(port, process)
        yield f"http://127.0.0.1:{port}/graphql"
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(WAIT_MAX_S):
            await process.communicate()


async def _listens(port: int, process: asyncio.subprocess.Process) -> None:
    while True:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            assert process.returncode is None, (await process.communicate())[1].decode()
            await asyncio.sleep(0.01)
        else:
            writer.close()
            return
