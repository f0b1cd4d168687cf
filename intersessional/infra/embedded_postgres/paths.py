"""The files of the embedded server."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from intersessional.infra.embedded_postgres.errors import EmbeddedPostgresError
from intersessional.infra.embedded_postgres.privileges import ServerUser, server_user

SOCKET_NAME = ".s.PGSQL.5432"
# The size of sun_path on macOS, less the closing zero; Linux has four bytes more.
SOCKET_PATH_BYTES_MAX = 103


@dataclass(frozen=True, kw_only=True)
class DataPaths:
    """The paths under one data directory."""

    home: Path
    """The directory of all files, mode 0700; also of the socket when its path is short enough."""

    socket: Path
    """The directory of the server's Unix socket."""

    @classmethod
    def from_directory(cls, directory: Path) -> Self:
        """The paths of a data directory, which need not exist yet."""
        home = directory.resolve() / "postgres"
        # The server of root is another user's, who writes into its data alone.
        return cls(home=home, socket=_socket_directory(home / "data" if _is_root() else home))

    @property
    def data(self) -> Path:
        """PostgreSQL's own data directory."""
        return self.home / "data"

    @property
    def log(self) -> Path:
        """The log of the server and its supervisor."""
        return self.home / "postgres.log"

    @property
    def lease_lock(self) -> Path:
        """Held shared by each lease, exclusively by the supervisor while it stops the server."""
        return self.home / "lease.lock"

    @property
    def supervisor_lock(self) -> Path:
        """Held by the supervisor while it runs; contains its SupervisorInfo."""
        return self.home / "keeper.lock"

    @property
    def server_lock(self) -> Path:
        """Held by every process of the server: no other server starts before all have ended."""
        return self.home / "server.lock"

    def prepare(self) -> None:
        """Create the directories, and check that no other user can enter them."""
        try:
            self.home.parent.mkdir(parents=True, exist_ok=True)
            self.home.mkdir(mode=0o700, exist_ok=True)
            _check_private(self.home)
            if self.socket not in (self.home, self.data):
                self.socket.mkdir(mode=0o700, exist_ok=True)
                _check_private(self.socket, server_user(self.data))
        except OSError as error:
            raise EmbeddedPostgresError(
                f"The data directory {self.home.parent} cannot be used: {error.strerror}."
            ) from error

    def remove_socket_directory(self) -> None:
        """Remove the socket directory when it is a temporary one; no server may use it any more."""
        if self.socket not in (self.home, self.data):
            self.socket.rmdir()


def _is_root() -> bool:
    return os.geteuid() == 0


def _socket_directory(home: Path) -> Path:
    """This directory, or a temporary one where its path is too long for a socket."""
    # For PostgreSQL a comma ends the path of a socket directory.
    if len(os.fsencode(home / SOCKET_NAME)) <= SOCKET_PATH_BYTES_MAX and "," not in str(home):
        return home
    name = hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"intersessional-{name}"


def _check_private(directory: Path, user: ServerUser | None = None) -> None:
    """Raise EmbeddedPostgresError unless only its owner can enter a directory.

    Where root's server has a ``user``, the owner must be that one or root: another could put a
    server of its own in its place.
    """
    found = directory.lstat()
    others = user is not None and found.st_uid not in (0, user.uid)
    if os.geteuid() not in (0, found.st_uid) or others:
        raise EmbeddedPostgresError(f"{directory} belongs to another user (uid {found.st_uid}).")
    if found.st_mode & 0o170077 != 0o040000:
        raise EmbeddedPostgresError(
            f"{directory} must be a directory only its owner can enter (0700)."
        )
