"""What a keeper writes into its lock, for everyone who wants its server."""

import json
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import quote

from intersessional.infra.embedded_postgres.file_lock import FileLock
from intersessional.infra.embedded_postgres.paths import SOCKET_NAME

ANSWER_S = 1.0
SSL_REQUEST = bytes.fromhex("0000000804d2162f")
"""Asks whether the server would encrypt: the least that it answers, and writes no line about."""


@dataclass(frozen=True, kw_only=True)
class SupervisorInfo:
    """A keeper's word: who it is, and where its server is once that takes connections."""

    keeper: int
    """Its process id."""

    socket_directory: Path | None = None

    @classmethod
    def in_lock(cls, lock: FileLock) -> Self | None:
        """The word in a keeper's lock, or None where none was given."""
        text = lock.read()
        if not text:
            return None
        keeper, directory = json.loads(text)
        return cls(keeper=keeper, socket_directory=Path(directory) if directory else None)

    def give(self, lock: FileLock) -> None:
        """Write it into the keeper's own lock."""
        directory = self.socket_directory
        lock.write(json.dumps([self.keeper, str(directory) if directory else None]))

    def dsn(self) -> str | None:
        """How to reach the server as its superuser, or None while it takes no connections."""
        if self.socket_directory is None:
            return None
        if not _answers(self.socket_directory / SOCKET_NAME):
            return None
        return f"postgresql://postgres@/postgres?host={quote(str(self.socket_directory), safe='')}"


def _answers(path: Path) -> bool:
    """Whether a server is there and speaks.

    One that was killed an instant ago, as its keeper may be, holds its lock still and is connected
    to by the system.
    """
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(ANSWER_S)
        try:
            client.connect(str(path))
            client.sendall(SSL_REQUEST)
            return bool(client.recv(1))
        except OSError:
            return False
