"""Whether shelves list each document that stands on them, once, and nothing else."""

from bisect import bisect_left, insort
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import asyncpg

from intersessional.infra.postgres.connection import Connection
from intersessional.infra.read_models.document_codec import DocumentCodec
from intersessional.infra.read_models.replay.comparison import Comparison
from intersessional.infra.read_models.replay.differences import OF_DOCUMENTS, Finding
from intersessional.infra.read_models.view_fold import AnyDocumentVersion, entries
from intersessional.projections.kernel.view import AnyView

_MISSING = """
SELECT wanted.parent, wanted.kind, wanted.born, wanted.key
  FROM unnest($2::uuid[], $3::text[], $4::bigint[], $5::uuid[]) AS wanted (parent, kind, born, key)
  LEFT JOIN LATERAL (
    SELECT key FROM shelves
     WHERE head = $1 AND parent = wanted.parent AND kind = wanted.kind AND born = wanted.born
  ) AS listed ON true
 WHERE listed.key IS DISTINCT FROM wanted.key
"""
_LISTED = """
SELECT s.parent, s.kind, s.born, s.ordinal, s.key, d.document
  FROM shelves s
  LEFT JOIN documents d
    ON d.head = s.head AND d.position = s.born AND d.born = s.born AND d.key = s.key
 WHERE s.head = $1 ORDER BY s.parent, s.kind, s.born
"""


class IndexCheck:
    """The shelves of one view: what is born is looked up, and in the end all that is listed."""

    def __init__(self, connection: Connection, comparison: Comparison) -> None:
        self._connection = connection
        self._comparison = comparison
        self._view: AnyView = comparison.folder.view
        self._shape: DocumentCodec[Any] = DocumentCodec(self._view.document)
        self._missing: dict[tuple[UUID, str], list[int]] = {}
        """The births that a shelf does not list, in order."""
        self._born: dict[int, AnyDocumentVersion] = {}
        """Those births whose rows differ, as they were folded."""

    async def look_up(self, steps: Sequence[AnyDocumentVersion]) -> None:
        """Look for the entries of those documents that were born, once these are compared."""
        births = [step for step in steps if step.born == step.position]
        differing = self._differing()
        self._born |= {step.born: step for step in births if step.born in differing}
        wanted = [
            (parent, kind, step.born, step.key)
            for step in births
            for parent, kind in entries(step.shelf)
        ]
        if not wanted or not self._comparison.goes_on:
            return
        columns = [list(column) for column in zip(*wanted, strict=True)]
        for row in await self._connection.fetch(_MISSING, self._comparison.head.id, *columns):
            insort(self._missing.setdefault((row["parent"], row["kind"]), []), row["born"])
            self._found(Finding.NOT_LISTED, row)

    async def read(self) -> None:
        """Read everything that is listed. Each entry counts those before it on its shelf."""
        differing = self._differing()
        last: tuple[UUID, str] | None = None
        right = 0
        async for row in self._connection.cursor(_LISTED, self._comparison.head.id):
            if not self._comparison.goes_on:
                return
            shelf = (row["parent"], row["kind"])
            if shelf != last:
                last, right = shelf, 0
            if not self._stands(row, shelf, trusted=row["born"] not in differing):
                self._found(Finding.LISTED_WRONGLY, row)
                continue
            right += 1
            if row["ordinal"] != right + bisect_left(self._missing.get(shelf, ()), row["born"]):
                self._found(Finding.MISCOUNTED, row)

    def _stands(self, row: asyncpg.Record, shelf: tuple[UUID, str], *, trusted: bool) -> bool:
        """Whether a document was born there and stands on the shelf: by its row, when trusted."""
        if not trusted:
            born = self._born.get(row["born"])
            return born is not None and row["key"] == born.key and shelf in entries(born.shelf)
        document: bytes | None = row["document"]
        return document is not None and shelf in entries(
            self._view.shelf(self._shape.decode(document))
        )

    def _differing(self) -> set[int]:
        """The positions whose rows are not what was folded."""
        found = self._comparison.differences
        return {one.position for one in found if one.finding in OF_DOCUMENTS}

    def _found(self, finding: Finding, row: asyncpg.Record) -> None:
        shelf = f"{row['kind'] or 'all'} under {row['parent']}"
        self._comparison.found(finding, row["born"], row["key"], shelf)
