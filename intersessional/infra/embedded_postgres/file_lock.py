"""An flock that the kernel releases when its process ends."""

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from intersessional.infra.embedded_postgres.errors import EmbeddedPostgresError

CONTENT_BYTES = 1024
"""The size of the file once it was written; its content is filled up with spaces."""


class FileLock:
    """An open lock file; a child process that inherits ``descriptor`` holds the lock too."""

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
        # Unlike unlocking, closing does not take the lock from a child that inherited it.
        os.close(self.descriptor)

    def try_shared(self) -> bool:
        """Take a shared lock; False while another process holds an exclusive one."""
        return self._try(fcntl.LOCK_SH)

    def try_exclusive(self) -> bool:
        """Take an exclusive lock; False, without the shared lock, while others hold one."""
        return self._try(fcntl.LOCK_EX)

    def wait_exclusive(self) -> None:
        """Block until the exclusive lock is free, and take it."""
        fcntl.flock(self.descriptor, fcntl.LOCK_EX)

    def release(self) -> None:
        """Release the lock, also for the processes that inherited it."""
        fcntl.flock(self.descriptor, fcntl.LOCK_UN)

    def read(self) -> str:
        """The content of the lock file."""
        return os.pread(self.descriptor, CONTENT_BYTES, 0).decode().rstrip()

    def write(self, text: str) -> None:
        """Replace the content of the lock file, in place: that works on a full disk too."""
        os.pwrite(self.descriptor, text.encode().ljust(CONTENT_BYTES), 0)

    def _try(self, kind: int) -> bool:
        try:
            fcntl.flock(self.descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
