"""How far each version of each view has come."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from intersessional.projections.kernel.view import AnyView

CHECKPOINTS = """
SELECT id, view, version, position, served, stopped_at, reason
  FROM view_heads WHERE view = ANY ($1::text[]) ORDER BY id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewCheckpoint:
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


def readable(views: Iterable[AnyView], heads: Sequence[ViewCheckpoint]) -> list[ViewCheckpoint]:
    """For each view the version that is read, if there is one: its own, else the newest served."""
    found: list[ViewCheckpoint] = []
    for view in views:
        served = [head for head in heads if head.served and head.view == view.name]
        if served:
            found.append(max(served, key=lambda head: (head.version == view.version, head.version)))
    return found


def stopped(view: AnyView, heads: Sequence[ViewCheckpoint]) -> ViewCheckpoint | None:
    """The version that stopped and by that the view, as this node reads it; None when it moves.

    When a new version stops while it is built, the old one is still read, but whoever moved it may
    be gone: nobody waits for it.
    """
    own = [head for head in heads if (head.view, head.version) == (view.name, view.version)]
    concerned = [*own, *readable([view], heads)]
    return next((head for head in concerned if not head.moves), None)


def moving(views: Iterable[AnyView], heads: Sequence[ViewCheckpoint]) -> list[ViewCheckpoint]:
    """The versions that are read of the views that go on."""
    going = [view for view in views if stopped(view, heads) is None]
    return readable(going, heads)


@dataclass(frozen=True, slots=True)
class ViewReach:
    """How far the views can be read, all together."""

    position: int | None
    """What all of them have reached, but for those that have stopped; when all have, where the
    first of them stands. None while none can be read.
    """
    moves: bool
    """Whether waiting for more makes sense."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadableState:
    """What is read when nobody asks for another position."""

    position: int
    """What every view has reached that has not stopped; 0 while none can be read."""
    heads: frozenset[int]
    """The versions that are read. Others may show the same position differently."""


def readable_state(views: Sequence[AnyView], heads: Sequence[ViewCheckpoint]) -> ReadableState:
    """What of these views is read."""
    return ReadableState(
        position=reach(views, heads).position or 0,
        heads=frozenset(head.id for head in readable(views, heads)),
    )


def reach(views: Sequence[AnyView], heads: Sequence[ViewCheckpoint]) -> ViewReach:
    """How far these views can be read."""
    read = moving(views, heads) or readable(views, heads)
    return ViewReach(
        position=min((head.position for head in read), default=None),
        moves=any(stopped(view, heads) is None for view in views),
    )
