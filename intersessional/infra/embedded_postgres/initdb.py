"""Creates PostgreSQL's data directory, and checks the version of an existing one."""

import shutil
import signal
import subprocess
from pathlib import Path

from intersessional.infra.embedded_postgres.binaries import MAJOR
from intersessional.infra.embedded_postgres.errors import EmbeddedPostgresError, tail
from intersessional.infra.embedded_postgres.paths import DataPaths
from intersessional.infra.embedded_postgres.privileges import ServerUser, die_with_parent

# Sorting by code point is the same on every machine, with any installed locales.
LOCALE = ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
WORKING_DIRECTORY = "/proc/self/cwd"
"""The way for a user who cannot enter the directories above it: it was entered before."""
ENVIRONMENT = {"LC_ALL": "C", "PATH": "/usr/bin:/bin"}


def check_version(paths: DataPaths) -> None:
    """Raise EmbeddedPostgresError for data of another major version of PostgreSQL."""
    found = (paths.data / "PG_VERSION").read_text().strip()
    if found != MAJOR:
        raise EmbeddedPostgresError(
            f"The data in {paths.data} is PostgreSQL {found}'s and this is PostgreSQL {MAJOR}:"
            f" take it over with pg_upgrade, or name another directory in INTERSESSIONAL_DATA."
        )


def create(paths: DataPaths, programs: Path, user: ServerUser | None) -> None:
    """Create the data directory with initdb, completely or not at all."""
    # Only a complete directory gets its name: an interrupted initdb leaves an unfinished one.
    unfinished = paths.data.with_name("data.unfinished")
    if unfinished.exists():
        shutil.rmtree(unfinished)
    unfinished.mkdir(mode=0o700)
    if user:
        user.give(unfinished)
    command = [
        *(
            str(programs / "initdb"),
            "--pgdata",
            WORKING_DIRECTORY if user else str(unfinished),
            "--username=postgres",
            "--auth=trust",
        ),
        *("--encoding=UTF8", *LOCALE, "--no-instructions"),
    ]
    with paths.log.open("ab") as log:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=ENVIRONMENT,
            preexec_fn=die_with_parent(signal.SIGTERM),
            check=False,
            cwd=unfinished,
            user=user.uid if user else None,
            group=user.gid if user else None,
            extra_groups=[] if user else None,
        )
    if done.returncode != 0:
        raise EmbeddedPostgresError(f"PostgreSQL could not make its data:{tail(paths.log)}")
    unfinished.rename(paths.data)
