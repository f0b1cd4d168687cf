"""Where the embedded server keeps what."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from intersessional.infra.embedded_postgres.errors import EmbeddedPostgresError

SOCKET_NAME = ".s.PGSQL.5432"
# What sockaddr_un holds on Linux, less the closing zero; macOS holds four bytes fewer.
SOCKET_PATH_BYTES_MAX = 103


@dataclass(frozen=True, kw_only=True)
class DataPaths:
    """The paths under one data directory."""

    home: Path
    """Ours alone, mode 0700: everything below, and the socket where its path is short enough."""

    socket: Path
    """The directory of the server's Unix socket."""

    @classmethod
    def of(cls, directory: Path) -> Self:
        """Lay out a data directory, which need not exist yet."""
        home = directory.resolve() / "postgres"
        return cls(home=home, socket=_socket_directory(home))

    @property
    def data(self) -> Path:
        """PostgreSQL's own data directory."""
        return self.home / "data"

    @property
    def log(self) -> Path:
        """What the server and its keeper have to say."""
        return self.home / "postgres.log"

    @property
    def lease_lock(self) -> Path:
        """Shared by all who use the server; the keeper has it alone while it stops the server."""
        return self.home / "lease.lock"

    @property
    def keeper_lock(self) -> Path:
        """Held by the keeper while it lives; says where to find it and its server (`Word`)."""
        return self.home / "keeper.lock"

    @property
    def server_lock(self) -> Path:
        """Held by every process of the server: as long as one lives, no other may start."""
        return self.home / "server.lock"

    def prepare(self) -> None:
        """Make what must be there before anything can be locked or served."""
        try:
            self.home.parent.mkdir(parents=True, exist_ok=True)
            for private in (self.home, self.socket):
                private.mkdir(mode=0o700, exist_ok=True)
                _must_be_private(private)
        except OSError as error:
            raise EmbeddedPostgresError(
                f"The data directory {self.home.parent} cannot be used: {error.strerror}."
            ) from error

    def leave_socket_directory(self) -> None:
        """Remove the socket directory that is not ours for good, when nobody uses it any more."""
        if self.socket != self.home:
            self.socket.rmdir()


def _socket_directory(home: Path) -> Path:
    # PostgreSQL and its clients take a comma in a socket directory for the end of it.
    if len(os.fsencode(home / SOCKET_NAME)) <= SOCKET_PATH_BYTES_MAX and "," not in str(home):
        return home
    name = hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"intersessional-{name}"


def _must_be_private(directory: Path) -> None:
    found = directory.lstat()
    if os.geteuid() not in (0, found.st_uid):
        raise EmbeddedPostgresError(f"{directory} belongs to another user (uid {found.st_uid}).")
    if found.st_mode & 0o170077 != 0o040000:
        raise EmbeddedPostgresError(
            f"{directory} must be a directory only its owner can enter (0700)."
        )
