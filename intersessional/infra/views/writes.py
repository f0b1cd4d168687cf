"""What a batch made of the views, as the arguments of the one SQL call that records it."""

from collections.abc import Sequence

from intersessional.infra.views.batch import Run
from intersessional.infra.views.standing import ANY_KIND, NO_PARENT

ADVANCE = f"SELECT advance_views({', '.join(f'${n}' for n in range(1, 20))})"


def arguments(runs: Sequence[Run]) -> list[object]:
    """The arguments of ADVANCE."""
    steps = [(run.head.id, step) for run in runs for step in run.steps]
    shelves = [
        (head, step, kind)
        for head, step in steps
        if step.born == step.position
        for kind in (ANY_KIND, *step.shelf.kinds)
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
        [head for head, _, _ in shelves],
        [step.shelf.parent or NO_PARENT for _, step, _ in shelves],
        [kind for _, _, kind in shelves],
        [step.born for _, step, _ in shelves],
        [step.key for _, step, _ in shelves],
    ]
