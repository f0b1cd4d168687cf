"""What PostgreSQL writes about its running server into its data directory."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Self


@dataclass(frozen=True, kw_only=True)
class Postmaster:
    """The server's first process, as the file it leaves tells it; it may be long gone."""

    pid: int
    is_ready: bool

    @classmethod
    def found_in(cls, data: Path) -> Self | None:
        """Read who serves this data, or None where nobody has said so."""
        try:
            lines = (data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return None
        if not lines or not lines[0].isdecimal():
            return None
        return cls(pid=int(lines[0]), is_ready=len(lines) > 7 and lines[7].strip() == "ready")

    def serves(self, data: Path) -> bool:
        """Whether that process is alive and is the server of this data."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            return False  # Whoever it is, the owner of this data did not start it.
        if sys.platform != "linux":
            return True
        try:
            # A server works in its data directory; another process has merely got its number.
            return Path(f"/proc/{self.pid}/cwd").resolve(strict=True) == data.resolve()
        except OSError:
            return False
