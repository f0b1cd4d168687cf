"""The supervisor as its parent process sees it."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO, Self

from intersessional.infra.embedded_postgres.errors import EmbeddedPostgresError
from intersessional.infra.embedded_postgres.paths import DataPaths


@dataclass(frozen=True, kw_only=True)
class SupervisorProcess:
    """A started supervisor; it outlives its parent while other processes hold leases."""

    pid: int
    output: BinaryIO

    @classmethod
    def start(cls, paths: DataPaths) -> Self:
        """Start a supervisor in a session of its own."""
        read_end, write_end = os.pipe()
        append = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        try:
            # Not asyncio's subprocess: that one kills its child when the event loop is closed.
            pid = os.posix_spawn(
                sys.executable,
                [
                    *(
                        sys.executable,
                        "-P",
                        "-m",
                        "intersessional.infra.embedded_postgres.supervisor",
                    ),
                    *(str(paths.home), str(paths.socket)),
                ],
                os.environ,
                file_actions=[
                    (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                    (os.POSIX_SPAWN_DUP2, write_end, 1),
                    (os.POSIX_SPAWN_OPEN, 2, str(paths.log), append, 0o600),
                ],
                setsid=True,
                setsigmask=(),
                setsigdef=(signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD),
            )
        finally:
            os.close(write_end)
        return cls(pid=pid, output=os.fdopen(read_end, "rb", buffering=0))

    async def wait_until_ready(self, progress: Callable[[str], None]) -> bool:
        """Whether the server is ready; False when the supervisor ended without an error message."""
        reader = asyncio.StreamReader()
        transport, _ = await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), self.output
        )
        try:
            async for line in reader:
                match json.loads(line):
                    case {"progress": str(message)}:
                        progress(message)
                    case {"error": str(message)}:
                        self.reap()
                        raise EmbeddedPostgresError(message)
                    case _:
                        return True
        finally:
            transport.close()
        self.reap()
        return False

    def reap(self) -> None:
        """Wait for the end of the process, so that it does not stay a zombie."""
        with suppress(ChildProcessError):
            os.waitpid(self.pid, 0)
