"""The server's data: made once, and refused when another version made it."""

import shutil
import signal
import subprocess

from intersessional.infra.embedded_postgres.binaries import MAJOR, binary
from intersessional.infra.embedded_postgres.errors import EmbeddedPostgresError, tail
from intersessional.infra.embedded_postgres.paths import DataPaths
from intersessional.infra.embedded_postgres.privileges import dies_with_its_parent

# Sorting by code point is the same on every machine, whatever locales it has.
LOCALE = ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
ENVIRONMENT = {"LC_ALL": "C", "PATH": "/usr/bin:/bin"}


def must_be_readable(layout: DataPaths) -> None:
    """Refuse data that another major version of PostgreSQL wrote."""
    found = (layout.data / "PG_VERSION").read_text().strip()
    if found != MAJOR:
        raise EmbeddedPostgresError(
            f"The data in {layout.data} is PostgreSQL {found}'s and this is PostgreSQL {MAJOR}:"
            f" take it over with pg_upgrade, or name another directory in INTERSESSIONAL_DATA."
        )


def make(layout: DataPaths) -> None:
    """Make an empty database server's data, whole or not at all."""
    # Whoever was interrupted here left a half-made directory; only a whole one gets its name.
    half = layout.data.with_name("data.unfinished")
    if half.exists():
        shutil.rmtree(half)
    command = [
        *(str(binary("initdb")), "--pgdata", str(half), "--username=postgres", "--auth=trust"),
        *("--encoding=UTF8", *LOCALE, "--no-instructions"),
    ]
    with layout.log.open("ab") as log:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=ENVIRONMENT,
            preexec_fn=dies_with_its_parent(signal.SIGTERM),
            check=False,
        )
    if done.returncode != 0:
        raise EmbeddedPostgresError(f"PostgreSQL could not make its data:{tail(layout.log)}")
    half.rename(layout.data)
