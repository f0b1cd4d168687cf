"""What a batch made of the views, as the arguments of the one SQL call that records it."""

from collections.abc import Sequence

from intersessional.infra.read_models.projector.batch_fold import BatchFold
from intersessional.infra.read_models.view_fold import entries

ADVANCE = f"SELECT advance_views({', '.join(f'${n}' for n in range(1, 20))})"


def arguments(runs: Sequence[BatchFold]) -> list[object]:
    """The arguments of ADVANCE."""
    steps = [(run.head.id, step) for run in runs for step in run.steps]
    shelves = [
        (head, step, parent, kind)
        for head, step in steps
        if step.born == step.position
        for parent, kind in entries(step.shelf)
    ]
    return [
        [run.head.id for run in runs],
        [run.head.position for run in runs],
        [run.position for run in runs],
        [run.stopped_at for run in runs],
        [run.reason for run in runs],
        [head for head, _ in steps],
        [step.position for _, step in steps],
        [step.key for _, step in steps],
        [step.born for _, step in steps],
        [step.begins for _, step in steps],
        [step.ends for _, step in steps],
        [step.begun_by for _, step in steps],
        [step.settled_by for _, step in steps],
        [step.encoded for _, step in steps],
        [head for head, _, _, _ in shelves],
        [parent for _, _, parent, _ in shelves],
        [kind for _, _, _, kind in shelves],
        [step.born for _, step, _, _ in shelves],
        [step.key for _, step, _, _ in shelves],
    ]
