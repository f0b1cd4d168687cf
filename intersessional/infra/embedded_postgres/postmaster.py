"""Reads postmaster.pid, which PostgreSQL writes into its data directory."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Self


@dataclass(frozen=True, kw_only=True)
class Postmaster:
    """The main process of a server, as the file describes it; it may have ended."""

    pid: int
    is_ready: bool

    @classmethod
    def read(cls, data: Path) -> Self | None:
        """The process of this data directory; None without a file."""
        try:
            lines = (data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return None
        if not lines or not lines[0].isdecimal():
            return None
        return cls(pid=int(lines[0]), is_ready=len(lines) > 7 and lines[7].strip() == "ready")

    def is_running_on(self, data: Path) -> bool:
        """Whether the process runs and is the server of this data directory."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            return False  # A process of another user is not the server of this data.
        if sys.platform != "linux":
            return True
        try:
            # The working directory of a server is its data; else another process has its id.
            return Path(f"/proc/{self.pid}/cwd").resolve(strict=True) == data.resolve()
        except OSError:
            return False
