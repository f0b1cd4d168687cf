"""A disk that a test can fill: a file system in memory, which only root may mount."""

import os
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

CHUNK = b"\0" * 65536


@dataclass(frozen=True)
class SmallDisk:
    """A directory on a disk of its own."""

    path: Path

    def fill(self) -> None:
        """Write until nothing more can be written."""
        descriptor = os.open(self.path / "filler", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        try:
            for size in (len(CHUNK), 4096):
                with suppress(OSError):  # No space is left.
                    while True:
                        os.write(descriptor, CHUNK[:size])
        finally:
            os.close(descriptor)

    def empty(self) -> None:
        """Give back what was filled."""
        (self.path / "filler").unlink(missing_ok=True)


@contextmanager
def small_disk(path: Path, size_mib: int) -> Generator[SmallDisk]:
    """Mount one; skips the test where that is not allowed."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root on Linux can mount a small disk")
    options = f"size={size_mib}m,mode=0755"
    mount = ["mount", "-t", "tmpfs", "-o", options, "intersessional-test", str(path)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this system does not let root mount a small disk")
    try:
        yield SmallDisk(path)
    finally:
        subprocess.run(["umount", "--lazy", str(path)], check=True)
