"""A lock that the kernel takes back from whoever ends, however it ends."""

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from intersessional.infra.embedded_postgres.errors import EmbeddedPostgresError


class FileLock:
    """An open lock file; a child process that inherits `descriptor` holds the lock with us."""

    def __init__(self, path: Path) -> None:
        try:
            self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise EmbeddedPostgresError(f"{path} cannot be used: {error.strerror}.") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        # Closing, unlike unlocking, leaves the lock to a child that inherited it.
        os.close(self.descriptor)

    def try_shared(self) -> bool:
        """Take it together with others, or answer False while someone has it alone."""
        return self._try(fcntl.LOCK_SH)

    def try_exclusive(self) -> bool:
        """Take it alone, or answer False, having lost any share in it."""
        return self._try(fcntl.LOCK_EX)

    def wait_exclusive(self) -> None:
        """Block until nobody else has it, then have it alone."""
        fcntl.flock(self.descriptor, fcntl.LOCK_EX)

    def release(self) -> None:
        """Let go of it, for every process that inherited it too."""
        fcntl.flock(self.descriptor, fcntl.LOCK_UN)

    def read(self) -> str:
        """What its holder wrote into it."""
        return os.pread(self.descriptor, 4096, 0).decode()

    def write(self, text: str) -> None:
        """Tell something to everyone who opens it."""
        os.ftruncate(self.descriptor, 0)
        os.pwrite(self.descriptor, text.encode(), 0)

    def _try(self, kind: int) -> bool:
        try:
            fcntl.flock(self.descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
