"""Leases the server of the directory in its argument until its input ends.

With a second argument, it stops by a signal when it has started its supervisor.
"""

import asyncio
import os
import signal
import sys
from pathlib import Path

from intersessional.infra.embedded_postgres.errors import EmbeddedPostgresError
from intersessional.infra.embedded_postgres.lease import embedded_postgres


async def _hold(directory: Path) -> None:
    async with embedded_postgres(directory) as dsn:
        sys.stdout.write(f"{dsn}\n")
        sys.stdout.flush()
        input_ended = asyncio.Event()
        asyncio.get_running_loop().add_reader(sys.stdin.fileno(), input_ended.set)
        await input_ended.wait()


def _stop(event: str, arguments: tuple[object, ...]) -> None:
    # It opens the pipe from which it will read that its supervisor is ready.
    if event == "open" and isinstance(arguments[0], int):
        os.kill(os.getpid(), signal.SIGSTOP)


if len(sys.argv) > 2:
    sys.addaudithook(_stop)
try:
    asyncio.run(_hold(Path(sys.argv[1])))
except EmbeddedPostgresError as error:
    sys.stdout.write(f"refused: {error}\n")
