"""Serves a record by one process after the other, each of which is killed for the next.

``python -m tests.browser.killed_servers <database> <port>``: a line on its input kills the process
that serves, by SIGKILL, and starts the next. They are forks, since a start from nothing takes long.
"""

import asyncio
import os
import signal
import sys

from intersessional.infra.settings import Mode
from intersessional.plugins.composition import installed_plugins
from tests.composed import composed_node
from tests.graphql.server import serving


async def serve(url: str, port: int) -> None:
    """Serve for ever."""
    async with serving(url, composition=installed_plugins(), port=port):
        os.write(1, b"ready\n")
        await asyncio.Event().wait()


def kill(pid: int) -> None:
    """End a process as nothing that it could notice."""
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def main(url: str, port: int) -> None:
    """Start a process for each line, until the input ends."""
    composed_node(installed_plugins(), Mode.DEVELOPMENT)
    serving_pid = 0
    for _ in sys.stdin:
        if serving_pid:
            kill(serving_pid)
        serving_pid = os.fork()
        if not serving_pid:
            return asyncio.run(serve(url, port))
    kill(serving_pid)
    return None


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
