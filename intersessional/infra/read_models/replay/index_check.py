"""Checks that the index of a view lists each document once, and nothing else."""

from bisect import bisect_left, insort
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import asyncpg

from intersessional.infra.postgres.connection import Connection
from intersessional.infra.read_models.replay.comparison import Comparison
from intersessional.infra.read_models.replay.differences import OF_DOCUMENTS, Finding
from intersessional.projections.kernel.document_codec import DocumentCodec
from intersessional.projections.kernel.view import AnyView, ListKey
from intersessional.projections.kernel.view_fold import NO_PARENT, AnyDocumentVersion

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
    """The index of one view: new entries are checked with each batch, all entries at the end.

    An index lists the documents under one parent, of one kind (table ``shelves``).
    """

    def __init__(self, connection: Connection, comparison: Comparison) -> None:
        self._connection = connection
        self._comparison = comparison
        self._view: AnyView = comparison.view_fold.view
        self._document_codec: DocumentCodec[Any] = DocumentCodec(self._view.document)
        self._missing: dict[tuple[UUID, str], list[int]] = {}
        """For each index the first positions of the documents that it lacks, in order."""
        self._folded: dict[int, AnyDocumentVersion] = {}
        """By position, the new documents whose rows differ, as they were folded."""

    async def check_new(self, versions: Sequence[AnyDocumentVersion]) -> None:
        """Check the entries of the documents that are new in a batch, once it is compared."""
        new = [version for version in versions if version.created_at_position == version.position]
        differing = self._differing()
        self._folded |= {
            version.created_at_position: version
            for version in new
            if version.created_at_position in differing
        }
        wanted = [
            (one.parent or NO_PARENT, one.kind, version.created_at_position, version.key)
            for version in new
            for one in version.lists
        ]
        if not wanted or not self._comparison.is_open:
            return
        columns = [list(column) for column in zip(*wanted, strict=True)]
        checkpoint_id = self._comparison.checkpoint.id
        for row in await self._connection.fetch(_MISSING, checkpoint_id, *columns):
            insort(self._missing.setdefault((row["parent"], row["kind"]), []), row["born"])
            self._add(Finding.NOT_LISTED, row)

    async def check_all(self) -> None:
        """Check every stored entry. Its ordinal counts the entries of its index up to itself."""
        differing = self._differing()
        last: tuple[UUID, str] | None = None
        count = 0
        async for row in self._connection.cursor(_LISTED, self._comparison.checkpoint.id):
            if not self._comparison.is_open:
                return
            index = (row["parent"], row["kind"])
            if index != last:
                last, count = index, 0
            if not self._belongs(row, index, is_row_right=row["born"] not in differing):
                self._add(Finding.LISTED_WRONGLY, row)
                continue
            count += 1
            if row["ordinal"] != count + bisect_left(self._missing.get(index, ()), row["born"]):
                self._add(Finding.MISCOUNTED, row)

    def _belongs(self, row: asyncpg.Record, index: tuple[UUID, str], *, is_row_right: bool) -> bool:
        """Whether the document of an entry belongs in this index, by its row when that is right."""
        parent, kind = index
        list_key = ListKey(None if parent == NO_PARENT else parent, kind)
        if not is_row_right:
            folded = self._folded.get(row["born"])
            return folded is not None and row["key"] == folded.key and list_key in folded.lists
        document: bytes | None = row["document"]
        return document is not None and list_key in self._view.lists(
            self._document_codec.decode(document)
        )

    def _differing(self) -> set[int]:
        """The positions whose rows differ from what was folded."""
        differences = self._comparison.differences
        return {one.position for one in differences if one.finding in OF_DOCUMENTS}

    def _add(self, finding: Finding, row: asyncpg.Record) -> None:
        index = f"{row['kind'] or 'all'} under {row['parent']}"
        self._comparison.add(finding, row["born"], row["key"], index)
