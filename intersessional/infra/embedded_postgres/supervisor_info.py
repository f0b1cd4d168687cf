"""The content of the supervisor's lock file."""

import json
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import quote

from intersessional.infra.embedded_postgres.file_lock import FileLock
from intersessional.infra.embedded_postgres.paths import SOCKET_NAME

ANSWER_TIMEOUT_S = 1.0
SSL_REQUEST = bytes.fromhex("0000000804d2162f")
"""SSLRequest: the smallest message that a server answers, and one that it does not log."""


@dataclass(frozen=True, kw_only=True)
class SupervisorInfo:
    """The process id of the supervisor, and the socket of its server once that is ready."""

    pid: int

    socket_directory: Path | None = None

    @classmethod
    def read(cls, lock: FileLock) -> Self | None:
        """The content of a supervisor's lock; None while it is empty."""
        text = lock.read()
        if not text:
            return None
        pid, directory = json.loads(text)
        return cls(pid=pid, socket_directory=Path(directory) if directory else None)

    def write(self, lock: FileLock) -> None:
        """Write this into the supervisor's own lock."""
        directory = self.socket_directory
        lock.write(json.dumps([self.pid, str(directory) if directory else None]))

    def dsn(self) -> str | None:
        """The DSN of the server's superuser; None while the server takes no connections."""
        if self.socket_directory is None:
            return None
        if not _answers(self.socket_directory / SOCKET_NAME):
            return None
        return f"postgresql://postgres@/postgres?host={quote(str(self.socket_directory), safe='')}"


def _answers(path: Path) -> bool:
    """Whether a server answers at this socket.

    One that was just killed still holds its lock, and the kernel still accepts its connections.
    """
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(ANSWER_TIMEOUT_S)
        try:
            client.connect(str(path))
            client.sendall(SSL_REQUEST)
            return bool(client.recv(1))
        except OSError:
            return False
