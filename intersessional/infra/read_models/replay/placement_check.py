"""Checks the stored lists and counts of a view."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import asyncpg

from intersessional.infra.postgres.connection import Connection
from intersessional.infra.read_models.replay.comparison import Comparison
from intersessional.infra.read_models.replay.differences import Finding
from intersessional.projections.kernel.document_version import AnyDocumentVersion
from intersessional.projections.kernel.placement import LIST_TOTAL, NO_PARENT
from intersessional.projections.kernel.view import ListKey

# One that would end before it begins is in no list at any position, and is none of ours.
_SINCE = """
SELECT parent, kind, born, key, since,
       CASE WHEN until < since THEN NULL ELSE since IS NOT DISTINCT FROM until END AS passed
  FROM list_entries WHERE head = $1 AND since > $2 AND since <= $3
"""
_ELSEWHERE = """
SELECT parent, kind, born, key, since
  FROM list_entries WHERE head = $1 AND (since < 1 OR since > $2) ORDER BY since
"""
_NOT_ENDED = """
SELECT left_.* FROM unnest($2::uuid[], $3::text[], $4::bigint[], $5::uuid[], $6::bigint[])
       AS left_ (parent, kind, born, key, until)
  LEFT JOIN LATERAL (
    SELECT until FROM list_entries
     WHERE head = $1 AND parent = left_.parent AND kind = left_.kind AND until = left_.until
       AND born = left_.born AND key = left_.key AND since < until
  ) AS ended ON true
 WHERE ended.until IS NULL
"""
_MISCOUNTED = """
SELECT wanted.* FROM unnest($2::uuid[], $3::text[], $4::text[], $5::bigint[], $6::bigint[])
       AS wanted (parent, dimension, value, position, difference)
  LEFT JOIN LATERAL (
    SELECT position, total FROM counts
     WHERE head = $1 AND parent = wanted.parent AND dimension = wanted.dimension
       AND value = wanted.value AND position <= wanted.position
     ORDER BY position DESC LIMIT 1
  ) AS stored ON true
  LEFT JOIN LATERAL (
    SELECT total FROM counts
     WHERE head = $1 AND parent = wanted.parent AND dimension = wanted.dimension
       AND value = wanted.value AND position < wanted.position
     ORDER BY position DESC LIMIT 1
  ) AS before ON true
 WHERE stored.position IS DISTINCT FROM wanted.position
    OR stored.total <> coalesce(before.total, 0) + wanted.difference
"""
_NUMBERS = """
SELECT (SELECT count(*) FROM list_entries WHERE head = $1 AND until > since) AS endings,
       (SELECT count(*) FROM counts WHERE head = $1) AS counts
"""

_Entry = tuple[UUID, str, int, UUID]
"""Parent, kind, created position of the document, and its key."""


class PlacementCheck:
    """The lists and counts of one view: what each batch changes is checked with the batch.

    What no event has left is found at the end, by its number.
    """

    def __init__(self, connection: Connection, comparison: Comparison) -> None:
        self._connection = connection
        self._comparison = comparison
        self._endings = 0
        self._counts = 0

    async def check(self, versions: Sequence[AnyDocumentVersion], after: int) -> None:
        """Check what the versions of a batch change, once the batch is compared."""
        until = self._comparison.position
        checked = [version for version in versions if version.position <= until]
        await self._check_entries(checked, after, until)
        await self._check_endings(checked)
        await self._check_counts(checked)

    async def check_all(self) -> None:
        """Check that nothing else is stored."""
        checkpoint_id = self._comparison.checkpoint.id
        position = self._comparison.position
        for row in await self._connection.fetch(_ELSEWHERE, checkpoint_id, position):
            self._add(Finding.LISTED_WRONGLY, row["since"], row)
        numbers = await self._connection.fetchrow(_NUMBERS, checkpoint_id)
        assert numbers is not None
        for name, expected in (("endings", self._endings), ("counts", self._counts)):
            if numbers[name] > expected:
                detail = f"{numbers[name] - expected} {name} that no event has left"
                self._comparison.add(Finding.UNEXPECTED, position, None, detail)

    async def _check_entries(
        self, versions: Iterable[AnyDocumentVersion], after: int, until: int
    ) -> None:
        expected = Counter(
            (*entry, version.position, passed)
            for version in versions
            for lists, passed in ((version.change.entered, False), (version.change.passed, True))
            for entry in _entries(version, lists)
        )
        rows = await self._connection.fetch(_SINCE, self._comparison.checkpoint.id, after, until)
        stored = Counter(tuple(row.values()) for row in rows)
        for finding, entries in (
            (Finding.NOT_LISTED, expected - stored),
            (Finding.LISTED_WRONGLY, stored - expected),
        ):
            for parent, kind, _, key, since, _ in sorted(entries, key=lambda one: one[4]):
                self._add(finding, since, {"parent": parent, "kind": kind, "key": key})

    async def _check_endings(self, versions: Iterable[AnyDocumentVersion]) -> None:
        endings = [
            (*entry, version.position)
            for version in versions
            for entry in _entries(version, version.change.left)
        ]
        self._endings += len(endings)
        for row in await self._fetch(_NOT_ENDED, endings):
            self._add(Finding.LISTED_TOO_LONG, row["until"], row)

    async def _check_counts(self, versions: Iterable[AnyDocumentVersion]) -> None:
        differences: Counter[tuple[UUID, str, str, int]] = Counter()
        for version in versions:
            for parent, dimension, value, difference in version.change.deltas():
                differences[parent, dimension, value, version.position] += difference
        totals = [(*total, difference) for total, difference in differences.items() if difference]
        self._counts += len(totals)
        for row in await self._fetch(_MISCOUNTED, totals):
            name = row["value"] or "all"
            if row["dimension"] != LIST_TOTAL:
                name = f"{row['dimension']} {row['value']}"
            detail = f"{name} under {row['parent']}"
            self._comparison.add(Finding.MISCOUNTED, row["position"], None, detail)

    async def _fetch(self, statement: str, rows: Sequence[tuple[Any, ...]]) -> list[asyncpg.Record]:
        if not rows:
            return []
        columns = [list(column) for column in zip(*rows, strict=True)]
        return await self._connection.fetch(statement, self._comparison.checkpoint.id, *columns)

    def _add(self, finding: Finding, position: int, row: Any) -> None:
        detail = f"{row['kind'] or 'all'} under {row['parent']}"
        self._comparison.add(finding, position, row["key"], detail)


def _entries(version: AnyDocumentVersion, lists: Iterable[ListKey]) -> Iterable[_Entry]:
    born = version.created_at_position
    if born is not None:
        for one in lists:
            yield one.parent or NO_PARENT, one.kind, born, version.key
