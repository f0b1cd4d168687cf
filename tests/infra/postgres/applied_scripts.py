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

CHECKED_IN = Path(__file__).with_suffix(".txt")

PARTS = (EVENT_STORE_SCRIPTS, READ_MODEL_SCRIPTS, AUTH_SCRIPTS)

_REMOVES = re.compile(
    r"\b(DROP|RENAME|SET NOT NULL|ALTER COLUMN \w+ (SET DATA )?TYPE|REVOKE|COMMIT|ROLLBACK)\b",
    re.IGNORECASE,
)
_HEADING = """\
# The migration scripts that have landed: part, file, SHA-256. A database may have applied them, so
# lines are added, and none is changed: a change to the tables is a further script.
# To print it anew: python -m tests.infra.postgres.applied_scripts
"""


def applied_scripts(
    parts: Sequence[MigrationScripts] = PARTS,
) -> str:
    """The text of the file."""
    lines = [
        f"{part.name} {script.file_name} {script.digest.hex()}\n"
        for part in parts
        for script in part.scripts
    ]
    return _HEADING + "".join(lines)


def changed(checked_in: str, now: str) -> list[str]:
    """The lines that were lost or changed; a script before one that has landed is a change too."""
    lines = [line for line in now.splitlines() if not line.startswith("#")]
    landed = [line for line in checked_in.splitlines() if not line.startswith("#")]
    lost = [line for line in landed if line not in lines]
    last = {line.split()[0]: line for line in landed}
    early = [
        line
        for line in lines
        if line not in landed and (part := line.split()[0]) in last and line < last[part]
    ]
    return lost + early


def removes(sql: str) -> str | None:
    """What takes something from nodes of an earlier version, or ends the transaction."""
    statements = re.sub(r"--[^\n]*", "", sql)
    found = _REMOVES.search(statements)
    return None if found is None else found[0]


if __name__ == "__main__":
    sys.stdout.write(applied_scripts())
