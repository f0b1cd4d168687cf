"""The digests of the migration scripts, as text that can be compared.

python -m tests.infra.postgres.applied_scripts > tests/infra/postgres/applied_scripts.txt
"""

import re
import sys
from collections.abc import Sequence
from pathlib import Path

from intersessional.infra.auth import AUTH_SCRIPTS
from intersessional.infra.event_store.migrations import EVENT_STORE_SCRIPTS
from intersessional.infra.postgres.migration_scripts import MigrationScripts
from intersessional.infra.read_models.migrations import READ_MODEL_SCRIPTS
from tests.landed_lines import lines_of, with_landed

CHECKED_IN = Path(__file__).with_suffix(".txt")

PARTS = (EVENT_STORE_SCRIPTS, READ_MODEL_SCRIPTS, AUTH_SCRIPTS)

_REMOVES = re.compile(
    r"\b(DROP|RENAME|SET NOT NULL|ALTER COLUMN \w+ (SET DATA )?TYPE|COMMIT|ROLLBACK"
    r"|REVOKE(?! ALL ON FUNCTION))\b",
    re.IGNORECASE,
)
LENT_OTHERWISE = ("record 0004_rights.sql",)
"""Scripts that take rights which an old node does not use any more: append_batch has them."""
_HEADING = """\
# The migration scripts that have landed: part, file, SHA-256. Final since 2026-11-29: a database
# may have applied them, so lines are added, and none is changed. A change to the tables is a
# further script, and it only adds.
# To print it anew: python -m tests.infra.postgres.applied_scripts
"""


def applied_scripts(parts: Sequence[MigrationScripts] = PARTS) -> list[str]:
    """A line for each script of these parts."""
    return [
        f"{part.name} {script.file_name} {script.digest.hex()}"
        for part in parts
        for script in part.scripts
    ]


def anew() -> str:
    """The file as it is to be printed now."""
    return _HEADING + with_landed(lines_of(CHECKED_IN), applied_scripts())


def faults(landed: Sequence[str], now: Sequence[str]) -> list[str]:
    """The lines that were lost or changed, and those of scripts before one that has landed."""
    last = {line.split()[0]: line for line in landed}
    return [line for line in landed if line not in now] + [
        line
        for line in now
        if line not in landed and (part := line.split()[0]) in last and line < last[part]
    ]


def removes(sql: str) -> str | None:
    """What takes something from nodes of an earlier version, or ends the transaction."""
    statements = re.sub(r"--[^\n]*", "", sql)
    found = _REMOVES.search(statements)
    return None if found is None else found[0]


if __name__ == "__main__":
    sys.stdout.write(anew())
