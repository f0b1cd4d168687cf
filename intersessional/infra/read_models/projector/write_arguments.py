"""The arguments of the one SQL call that stores the result of a batch."""

from collections.abc import Sequence

from intersessional.infra.read_models.projector.batch_fold import BatchFold
from intersessional.projections.kernel.view_fold import NO_PARENT

ADVANCE = f"SELECT advance_views({', '.join(f'${n}' for n in range(1, 20))})"


def advance_arguments(batch_folds: Sequence[BatchFold]) -> list[object]:
    """The arguments of ``ADVANCE``."""
    versions = [
        (one.checkpoint.id, version) for one in batch_folds for version in one.document_versions
    ]
    entries = [
        (checkpoint_id, version, one.parent or NO_PARENT, one.kind)
        for checkpoint_id, version in versions
        if version.created_at_position == version.position
        for one in version.lists
    ]
    return [
        [one.checkpoint.id for one in batch_folds],
        [one.checkpoint.position for one in batch_folds],
        [one.position for one in batch_folds],
        [one.stopped_at for one in batch_folds],
        [one.reason for one in batch_folds],
        [checkpoint_id for checkpoint_id, _ in versions],
        [version.position for _, version in versions],
        [version.key for _, version in versions],
        [version.created_at_position for _, version in versions],
        [version.begins for _, version in versions],
        [version.ends for _, version in versions],
        [version.begun_by for _, version in versions],
        [version.settled_by for _, version in versions],
        [version.encoded for _, version in versions],
        [checkpoint_id for checkpoint_id, _, _, _ in entries],
        [parent for _, _, parent, _ in entries],
        [kind for _, _, _, kind in entries],
        [version.created_at_position for _, version, _, _ in entries],
        [version.key for _, version, _, _ in entries],
    ]
