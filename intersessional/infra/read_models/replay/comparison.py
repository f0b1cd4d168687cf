"""Compares a served version of a view with the fold of the event log."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

import asyncpg

from intersessional.infra.read_models.projector.batch_fold import BatchFold
from intersessional.infra.read_models.replay.differences import Difference, Finding
from intersessional.infra.read_models.view_checkpoint import ViewCheckpoint
from intersessional.projections.kernel.document_version import AnyDocumentVersion
from intersessional.projections.kernel.view_fold import ViewFold

DIFFERENCES_MAX = 100
"""A view with so many differences is wrong altogether, and is compared no further."""

_ATTRIBUTES = {
    "born": "created_at_position",
    "begins": "begins",
    "ends": "ends",
    "begun_by": "begun_by",
    "placed_by": "placed_by",
    "settled_by": "settled_by",
    "latest_begins": "latest_begins",
    "document": "encoded",
}
"""For each column of ``documents`` the attribute of a DocumentVersion."""


class Comparison:
    """The state of one comparison: its position, its counts and its differences."""

    def __init__(self, checkpoint: ViewCheckpoint, view_fold: ViewFold[Any]) -> None:
        self.checkpoint = checkpoint
        self.view_fold = view_fold
        self.position = 0
        """The position up to which the view is compared."""
        self.is_open = True
        """Whether later positions can be compared."""
        self.events = 0
        self.documents = 0
        self.states = 0
        self.differences: list[Difference] = []

    @property
    def is_due(self) -> bool:
        """Whether the view has folded events that are not compared yet."""
        return self.is_open and self.position < self.checkpoint.position

    def next_batch(self) -> BatchFold:
        """The fold of the next events."""
        return BatchFold(replace(self.checkpoint, position=self.position), self.view_fold)

    def compare(self, batch_fold: BatchFold, rows: Iterable[asyncpg.Record]) -> set[UUID]:
        """Compare the versions that were folded with the rows of their positions and keys.

        Returns the keys of the documents whose rows differ, so that they are not folded further
        from these rows.
        """
        folded = {(one.position, one.key): one for one in batch_fold.document_versions}
        stored = {
            (row["position"], row["key"]): row
            for row in rows
            if row["position"] <= batch_fold.position
        }
        differing: set[UUID] = set()
        for position, key in sorted({*folded, *stored}):
            place = position, key
            if not self._agree(place, folded.get(place), stored.get(place)):
                differing.add(key)
            if not self.is_open:
                self.position = position
                return differing
        self.position = batch_fold.position
        self.events += sum(event.position <= self.position for _, event in batch_fold.selected)
        self.documents += sum(
            version.created_at_position == version.position for version in folded.values()
        )
        self.states += len(folded)
        if batch_fold.reason is not None:
            self.end(Finding.NOT_FOLDED, batch_fold.reason)
        return differing

    def add(self, finding: Finding, position: int, key: UUID | None, detail: str = "") -> None:
        """Add a difference, up to DIFFERENCES_MAX."""
        if self.is_open:
            self.differences.append(
                Difference(position=position, key=key, finding=finding, detail=detail)
            )
            self.is_open = len(self.differences) < DIFFERENCES_MAX

    def end(self, finding: Finding, detail: str = "") -> None:
        """Add a difference after which nothing can be compared."""
        self.add(finding, self.position + 1, None, detail)
        self.is_open = False

    def _agree(
        self,
        place: tuple[int, UUID],
        version: AnyDocumentVersion | None,
        row: asyncpg.Record | None,
    ) -> bool:
        if version is None:
            self.add(Finding.UNEXPECTED, *place)
            return False
        if row is None:
            self.add(Finding.MISSING, *place)
            return False
        differing = [
            column
            for column, attribute in _ATTRIBUTES.items()
            if row[column] != getattr(version, attribute)
        ]
        if differing:
            self.add(Finding.DIFFERS, *place, ", ".join(differing))
        return not differing
