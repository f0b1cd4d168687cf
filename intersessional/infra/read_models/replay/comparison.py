"""A served version of a view against what the record makes of it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

import asyncpg

from intersessional.infra.read_models.projector.batch_fold import BatchFold
from intersessional.infra.read_models.replay.differences import Difference, Finding
from intersessional.infra.read_models.view_checkpoint import ViewCheckpoint
from intersessional.infra.read_models.view_fold import AnyDocumentVersion, ViewFold

DIFFERENCES_MAX = 100
"""A view that differs in so many places is wrong altogether, and is compared no further."""

_COLUMNS = {
    "key": "key",
    "born": "born",
    "begins": "begins",
    "ends": "ends",
    "begun_by": "begun_by",
    "settled_by": "settled_by",
    "document": "encoded",
}
"""The columns of a row, and what a standing calls them."""


class Comparison:
    """What has been folded and compared so far, and what was found."""

    def __init__(self, head: ViewCheckpoint, folder: ViewFold[Any]) -> None:
        self.head = head
        self.folder = folder
        self.position = 0
        """How far it has come."""
        self.goes_on = True
        """Whether it makes sense to look further."""
        self.events = 0
        self.documents = 0
        self.states = 0
        self.differences: list[Difference] = []

    @property
    def due(self) -> bool:
        """Whether there are events left that the view has folded."""
        return self.goes_on and self.position < self.head.position

    def run(self) -> BatchFold:
        """What folds the next events."""
        return BatchFold(replace(self.head, position=self.position), self.folder)

    def compare(self, run: BatchFold, stored: Iterable[asyncpg.Record]) -> set[UUID]:
        """Compare what was folded with the rows that are stored at the same positions.

        Answers the documents whose rows cannot be relied on when they are folded further.
        """
        steps = {step.position: step for step in run.steps}
        rows = {row["position"]: row for row in stored if row["position"] <= run.position}
        astray: set[UUID] = set()
        for position in sorted({*steps, *rows}):
            astray |= self._compare_at(position, steps, rows)
            if not self.goes_on:
                self.position = position
                return astray
        self.position = run.position
        self.events += sum(recorded.position <= run.position for _, recorded in run.touched)
        self.documents += sum(step.born == step.position for step in run.steps)
        self.states += len(steps)
        if run.reason is not None:
            self.end(Finding.NOT_FOLDED, run.reason)
        return astray

    def found(self, finding: Finding, position: int, key: UUID | None, detail: str = "") -> None:
        """Note a difference, unless there are enough."""
        if self.goes_on:
            self.differences.append(
                Difference(position=position, key=key, finding=finding, detail=detail)
            )
            self.goes_on = len(self.differences) < DIFFERENCES_MAX

    def end(self, finding: Finding, detail: str = "") -> None:
        """Note that nothing after this position can be compared."""
        self.found(finding, self.position + 1, None, detail)
        self.goes_on = False

    def _compare_at(
        self,
        position: int,
        steps: Mapping[int, AnyDocumentVersion],
        rows: Mapping[int, asyncpg.Record],
    ) -> set[UUID]:
        match steps.get(position), rows.get(position):
            case None, row:
                assert row is not None
                self.found(Finding.TOO_MANY, position, row["key"])
                return {row["key"]}
            case step, None:
                self.found(Finding.MISSING, position, step.key)
                return {step.key}
            case step, row:
                other = [
                    column
                    for column, name in _COLUMNS.items()
                    if row[column] != getattr(step, name)
                ]
                if not other:
                    return set()
                self.found(Finding.OTHER, position, step.key, ", ".join(other))
                return {step.key, row["key"]}
