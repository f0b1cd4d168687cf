"""The keeper, seen by whoever starts it."""

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
    """A started keeper: a child that outlives us when others lease its server too."""

    pid: int
    words: BinaryIO

    @classmethod
    def start(cls, layout: DataPaths) -> Self:
        """Start a keeper in a session of its own."""
        words, mouth = os.pipe()
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
                    *(str(layout.home), str(layout.socket)),
                ],
                os.environ,
                file_actions=[
                    (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                    (os.POSIX_SPAWN_DUP2, mouth, 1),
                    (os.POSIX_SPAWN_OPEN, 2, str(layout.log), append, 0o600),
                ],
                setsid=True,
                setsigmask=(),
                setsigdef=(signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD),
            )
        finally:
            os.close(mouth)
        return cls(pid=pid, words=os.fdopen(words, "rb", buffering=0))

    async def is_ready(self, progress: Callable[[str], None]) -> bool:
        """Wait for the server's first answer, or the keeper's end; raises what it was refused."""
        reader = asyncio.StreamReader()
        transport, _ = await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), self.words
        )
        try:
            async for line in reader:
                match json.loads(line):
                    case {"progress": str(sentence)}:
                        progress(sentence)
                    case {"refused": str(sentence)}:
                        self.bury()
                        raise EmbeddedPostgresError(sentence)
                    case _:
                        return True
        finally:
            transport.close()
        self.bury()
        return False

    def bury(self) -> None:
        """Wait for its end, which is near, and take note of it, as a parent must."""
        with suppress(ChildProcessError):
            os.waitpid(self.pid, 0)
