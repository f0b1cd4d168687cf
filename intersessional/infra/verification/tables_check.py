"""Checks the tables that no event fills: persons, revocations, epochs, scripts."""

from collections.abc import Sequence
from enum import Enum, auto

from intersessional.infra.postgres.connection import Connection
from intersessional.infra.postgres.migration_scripts import MigrationScripts
from intersessional.infra.verification.discrepancies import DISCREPANCIES_MAX, Discrepancies

_NAMELESS = """
SELECT person FROM persons WHERE issuer = '' OR subject = '' ORDER BY person LIMIT $1
"""
# Nobody can be recorded before they were first seen; the clocks of two machines may differ.
_SEEN_LATE = """
SELECT person, notification_id AS position FROM persons
  JOIN stored_events ON originator_id = person AND originator_version = 1
 WHERE first_seen > recorded_at + interval '1 day' ORDER BY position LIMIT $1
"""
_REVOCATIONS = """
SELECT before, position FROM (
    SELECT position, lag(position, 1, 0::bigint) OVER (ORDER BY position) AS before
      FROM revocations
  ) AS neighbours
 WHERE position <> before + 1 ORDER BY position LIMIT $1
"""
_EPOCHS = "SELECT number, begins_after FROM epochs ORDER BY number"
_SCRIPTS = "SELECT number, digest, format FROM applied_scripts WHERE part = $1 ORDER BY number"
# An array with other bounds holds the same hashes, and equals no list that a node sends.
_HEAD = """
SELECT cardinality(frontier) = 0 OR (array_ndims(frontier) = 1 AND array_lower(frontier, 1) = 1)
  FROM head
"""


class AppliedVersion(Enum):
    """Which version's scripts are applied, as this one counts them."""

    EARLIER = auto()
    THIS = auto()
    LATER = auto()


class TablesCheck:
    """Checks what can be said of the tables that no event fills."""

    def __init__(self, connection: Connection, discrepancies: Discrepancies) -> None:
        self._connection = connection
        self._discrepancies = discrepancies

    async def check_head(self) -> None:
        """There is a head, and its frontier is a list."""
        is_list = await self._connection.fetchval(_HEAD)
        if is_list is None:
            self._add("head", "the head is missing")
        elif not is_list:
            self._add("head", "the frontier is no list: no node can append after it")

    async def check_persons(self) -> None:
        """Each person has a sign-in, and was not recorded long before they were first seen."""
        for row in await self._connection.fetch(_NAMELESS, DISCREPANCIES_MAX):
            self._add("persons", f"person {row['person']} has no sign-in")
        for row in await self._connection.fetch(_SEEN_LATE, DISCREPANCIES_MAX):
            sentence = f"participant {row['person']} is on record before the sign-in was first seen"
            self._discrepancies.add("persons", row["position"], sentence)

    async def check_revocations(self) -> None:
        """The positions of the revocations are contiguous from 1."""
        for before, position in await self._connection.fetch(_REVOCATIONS, DISCREPANCIES_MAX):
            if position < 1:
                self._add("revocations", f"revocation {position} lies before the first")
            else:
                missing = max(before, 0) + 1
                if missing < position:
                    upto = f" to {position - 1}" if missing < position - 1 else ""
                    self._add("revocations", f"revocation {missing}{upto} is missing")

    async def check_epochs(self, last: int) -> None:
        """The epochs are numbered from 1, and none begins after the last position of the log."""
        if await self._connection.fetchval("SELECT to_regclass('epochs') IS NULL"):
            return  # A database of an earlier version.
        epochs = await self._connection.fetch(_EPOCHS)
        if not epochs:
            self._add("epochs", "epoch 1 is missing")
        for n, (number, begins_after) in enumerate(epochs, start=1):
            if number != n:
                self._add("epochs", f"epoch {n} is missing before epoch {number}")
                return
            if begins_after > last:
                self._discrepancies.add(
                    "epochs", begins_after, f"epoch {number} begins after an event that is missing"
                )

    async def check_scripts(self, parts: Sequence[MigrationScripts]) -> AppliedVersion:
        """The scripts of each part are applied in order, as this version knows them."""
        version = AppliedVersion.THIS
        for part in parts:
            applied = await self._connection.fetch(_SCRIPTS, part.name)
            numbers = [row["number"] for row in applied]
            if not numbers or numbers != [*range(1, len(applied) + 1)]:
                self._add("applied_scripts", f"of the {part.name} scripts {numbers} are applied")
            for row, script in zip(applied, part.scripts, strict=False):
                if (row["digest"], row["format"]) != (script.digest, part.format):
                    sentence = f"{script.file_name} of {part.name} was another when it was applied"
                    self._add("applied_scripts", sentence)
            if len(applied) < len(part.scripts):
                version = AppliedVersion.EARLIER
            elif len(applied) > len(part.scripts) and version is AppliedVersion.THIS:
                version = AppliedVersion.LATER
        return version

    def _add(self, table: str, sentence: str) -> None:
        self._discrepancies.add(table, None, sentence)
