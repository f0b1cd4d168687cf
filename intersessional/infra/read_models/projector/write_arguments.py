"""The arguments of the one SQL call that stores the result of a batch."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from intersessional.infra.read_models.projector.batch_fold import BatchFold
from intersessional.infra.read_models.projector.list_changes import ListChanges
from intersessional.projections.kernel.document_version import AnyDocumentVersion

ADVANCE = f"SELECT advance_views({', '.join(f'${n}' for n in range(1, 36))})"

_Versions = Sequence[tuple[int, AnyDocumentVersion]]


def advance_arguments(batch_folds: Sequence[BatchFold]) -> list[object]:
    """The arguments of ``ADVANCE``."""
    versions = [
        (one.checkpoint.id, version) for one in batch_folds for version in one.document_versions
    ]
    changes = ListChanges()
    for checkpoint_id, version in versions:
        changes.add(checkpoint_id, version)
    return [
        *_columns(5, map(_progress, batch_folds)),
        *_columns(11, (_document(checkpoint_id, version) for checkpoint_id, version in versions)),
        *_columns(7, changes.entries()),
        *_columns(6, changes.endings),
        *_columns(6, _totals(versions)),
    ]


def _progress(one: BatchFold) -> tuple[object, ...]:
    checkpoint = one.checkpoint
    return checkpoint.id, checkpoint.position, one.position, one.stopped_at, one.reason


def _document(checkpoint_id: int, version: AnyDocumentVersion) -> tuple[object, ...]:
    return (
        checkpoint_id,
        version.key,
        version.position,
        version.created_at_position,
        version.begins,
        version.ends,
        version.begun_by,
        version.placed_by,
        version.settled_by,
        version.latest_begins,
        version.encoded,
    )


def _totals(versions: _Versions) -> Iterable[tuple[object, ...]]:
    """The differences of the totals, one for each position that changes a total."""
    differences: Counter[tuple[int, UUID, str, str, int]] = Counter()
    for checkpoint_id, version in versions:
        for parent, dimension, value, difference in version.change.deltas():
            differences[checkpoint_id, parent, dimension, value, version.position] += difference
    return ((*total, difference) for total, difference in differences.items() if difference)


def _columns(width: int, rows: Iterable[tuple[Any, ...]]) -> list[list[Any]]:
    """The columns of the rows; empty ones where there is no row."""
    return [list(column) for column in zip(*rows, strict=True)] or [[] for _ in range(width)]
