"""The PostgreSQL installations of this machine: Debian's, the embedded ones, and those from npm."""

import os
import pwd
import subprocess
from collections.abc import Generator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from intersessional.infra.embedded_postgres.binaries import binary

SERVER_USER = "nobody" if os.geteuid() == 0 else None
"""PostgreSQL refuses to run as root."""

PACKAGES = Path(__file__).with_name("node_modules")


@dataclass(frozen=True, kw_only=True)
class Installation:
    """The executables of one version."""

    version: int
    folder: Path

    def __str__(self) -> str:
        return f"PostgreSQL {self.version}"

    def path(self, name: str) -> Path:
        """An executable."""
        return self.folder / name

    def has(self, *names: str) -> bool:
        """Whether it has these executables."""
        return all(self.path(name).exists() for name in names)

    @property
    def speaks_tls(self) -> bool:
        """Whether the server was built with OpenSSL."""
        return b"SSL_CTX_new" in self.path("postgres").read_bytes()


@cache
def installations() -> tuple[Installation, ...]:
    """One of each version that runs here, the newest first."""
    found: dict[int, Installation] = {}
    for folder in _folders():
        version = _version(folder)
        if version is not None:
            found.setdefault(version, Installation(version=version, folder=folder))
    return tuple(found[version] for version in sorted(found, reverse=True))


def _folders() -> Generator[Path]:
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    embedded = binary("postgres").parent
    yield embedded
    yield embedded.parent.parent / "pginstall" / "bin"
    yield from sorted(PACKAGES.glob("*/native/bin"))


def _version(folder: Path) -> int | None:
    """The major version, if the user that runs servers can run it."""
    try:
        done = subprocess.run(
            [folder / "postgres", "--version"],
            capture_output=True,
            text=True,
            check=True,
            user=SERVER_USER,
            group=_server_group(),
            extra_groups=None if SERVER_USER is None else [],
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return int(done.stdout.split()[2].split(".")[0])


def _server_group() -> int | None:
    return None if SERVER_USER is None else pwd.getpwnam(SERVER_USER).pw_gid
