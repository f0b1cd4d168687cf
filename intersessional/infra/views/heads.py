"""How far each version of each view has come."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from intersessional.projections.view import AnyView

HEADS = """
SELECT id, view, version, position, served, stopped_at, reason
  FROM view_heads WHERE view = ANY ($1::text[]) ORDER BY id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """One version of a view: everything up to ``position`` is folded."""

    id: int
    view: str
    version: int
    position: int
    served: bool
    stopped_at: int | None
    """The position of the event that it could not fold."""
    reason: str | None

    @property
    def moves(self) -> bool:
        """Whether it goes on."""
        return self.stopped_at is None


def readable(views: Iterable[AnyView], heads: Sequence[Head]) -> list[Head]:
    """For each view the version that is read, if there is one: its own, else the newest served."""
    found: list[Head] = []
    for view in views:
        served = [head for head in heads if head.served and head.view == view.name]
        if served:
            found.append(max(served, key=lambda head: (head.version == view.version, head.version)))
    return found


def least_position(heads: Sequence[Head]) -> int | None:
    """The position all of these have reached, but for those that have stopped; None for no heads.

    When every one has stopped it is where the first of them stands.
    """
    moving = [head.position for head in heads if head.moves]
    return min(moving or [head.position for head in heads], default=None)
