"""The PostgreSQL programs that the server's user can run."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from intersessional.infra.embedded_postgres.binaries import binary
from intersessional.infra.embedded_postgres.errors import EmbeddedPostgresError
from intersessional.infra.embedded_postgres.privileges import ServerUser

_PARTS = ("bin", "lib", "share")
_READABLE = 0o755


@contextmanager
def installation(home: Path, user: ServerUser | None) -> Generator[Path]:
    """The directory of the programs; a copy of them meanwhile where the user cannot reach them.

    PostgreSQL looks up its own place by its path, so an open file would not do.
    """
    programs = binary("postgres").parent
    if user is None or user.may_reach(programs):
        yield programs
        return
    package = programs.parents[1]
    place = _place(home, user)
    try:
        for part in _PARTS:
            source = programs.with_name(part)
            shutil.copytree(source, place / source.relative_to(package.parent), symlinks=True)
        # The programs find these by their own place too.
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, place / libraries.name, symlinks=True)
        _open(place)
        yield place / programs.relative_to(package.parent)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _place(home: Path, user: ServerUser) -> Path:
    """A new directory of root that the user can enter, and whose programs can be executed."""
    name = f"intersessional-postgres-{hashlib.sha256(os.fsencode(home)).hexdigest()[:16]}"
    for directory in dict.fromkeys((tempfile.gettempdir(), "/tmp", "/var/tmp", "/run")):
        place = Path(directory) / name
        if not Path(directory).is_dir() or not user.may_reach(Path(directory)):
            continue
        if os.statvfs(directory).f_flag & os.ST_NOEXEC:
            continue
        # Of a supervisor that was killed; rmtree follows no link, and mkdir refuses what is there.
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(mode=_READABLE)
        return place
    raise EmbeddedPostgresError(
        f"PostgreSQL does not run as root, and no other user can reach {binary('postgres')} or a"
        " directory that it could be copied to. Start again as an ordinary user, or set"
        " DATABASE_URL."
    )


def _open(directory: Path) -> None:
    """Let every user read a tree, and execute what its owner can."""
    for path in (directory, *directory.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(0o755 if path.is_dir() or mode & 0o100 else 0o644)
