"""The fold that makes the versions of a view's documents from events."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any, Generic, TypeVar
from uuid import UUID

from intersessional.domain.kernel.fact_corrected import FactCorrected
from intersessional.projections.kernel.corrections import as_corrected
from intersessional.projections.kernel.document_codec import DocumentCodec
from intersessional.projections.kernel.document_version import DocumentVersion
from intersessional.projections.kernel.order_of_effect import can_begin, in_order_of_effect
from intersessional.projections.kernel.placement import (
    NOWHERE,
    Placement,
    placement_change,
    placement_of,
)
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import ListKey, View

D = TypeVar("D")


@dataclass(frozen=True, slots=True)
class _Step(Generic[D]):
    """The document after one of its events, in order of effect."""

    ends: datetime
    document: D | None
    placement: Placement


class ViewFold(Generic[D]):
    """Folds events into the documents of one view, and checks the rules that a view must keep."""

    def __init__(self, view: View[D]) -> None:
        """Raises TypeError when the view's documents could not be read back."""
        self.view = view
        self._codec = DocumentCodec(view.document)

    def is_late(self, before: DocumentVersion[D] | None, recorded: RecordedEvent) -> bool:
        """Whether another event of the document takes effect after this one, or is corrected."""
        if isinstance(recorded.event, FactCorrected):
            return True
        if before is None:
            return False
        if recorded.occurred.effect < (before.settled_by, before.latest_begins):
            return True
        return before.begun_by is None and can_begin(self.view, recorded)

    def apply(
        self, before: DocumentVersion[D] | None, key: UUID, recorded: RecordedEvent
    ) -> DocumentVersion[D]:
        """The document after an event that is not late. Raises ValueError for a wrong placement."""
        ends, begins = recorded.occurred.effect
        old = None if before is None else before.document
        document = self.view.evolve(old, recorded)
        old_placement = NOWHERE if before is None else before.placement
        if before is not None and document is old:
            placement, encoded = old_placement, before.encoded
        else:
            placement, encoded = placement_of(self.view, document), self._encode(document)
        if before is None or before.created_at_position is None:
            begins_here = document is not None
            created_at_position = recorded.position if begins_here else None
            begun_by = placed_by = ends if begins_here else None
        else:
            created_at_position, begun_by = before.created_at_position, before.begun_by
            placed_by = before.placed_by if placement == old_placement else ends
        return DocumentVersion(
            key=key,
            position=recorded.position,
            created_at_position=created_at_position,
            begins=begins,
            ends=ends,
            begun_by=begun_by,
            placed_by=placed_by,
            settled_by=ends,
            latest_begins=begins,
            document=document,
            encoded=encoded,
            placement=placement,
            change=placement_change(old_placement, placement),
        )

    def refold(self, key: UUID, events: Sequence[RecordedEvent]) -> DocumentVersion[D]:
        """The document after all its events, in order of position; the last of them is late
        or a correction.

        Raises ValueError for a wrong placement.
        """
        recorded = events[-1]
        before, after = self._steps(events[:-1]), self._steps(events)
        facts = as_corrected(events)
        # A document keeps the place in lists at which it was created, whatever is corrected.
        openings = [one.position for one in events if can_begin(self.view, one)]
        begins = [one.occurred.ends for one in facts if can_begin(self.view, one)]
        begun_by = min(begins, default=None)
        last = after[-1]
        settled_by, latest_begins = max(one.occurred.effect for one in facts)
        return DocumentVersion(
            key=key,
            position=recorded.position,
            created_at_position=min(openings, default=None),
            begins=recorded.fact.occurred.begins,
            ends=recorded.fact.occurred.ends,
            begun_by=begun_by,
            placed_by=None if begun_by is None else _placed_by(begun_by, after),
            settled_by=settled_by,
            latest_begins=latest_begins,
            document=last.document,
            encoded=self._encode(last.document),
            placement=last.placement,
            change=placement_change(
                before[-1].placement if before else NOWHERE,
                last.placement,
                passed=_lists(after) - _lists(before) - last.placement.lists,
            ),
        )

    def restore(self, row: Any) -> DocumentVersion[D]:
        """The version that a row of ``documents`` holds.

        Raises msgspec.ValidationError when its document was written with another type.
        """
        encoded: bytes | None = row["document"]
        document = None if encoded is None else self._codec.decode(encoded)
        return DocumentVersion(
            key=row["key"],
            position=row["position"],
            created_at_position=row["born"],
            begins=row["begins"],
            ends=row["ends"],
            begun_by=row["begun_by"],
            placed_by=row["placed_by"],
            settled_by=row["settled_by"],
            latest_begins=row["latest_begins"],
            document=document,
            encoded=encoded,
            placement=placement_of(self.view, document),
        )

    def _steps(self, events: Sequence[RecordedEvent]) -> list[_Step[D]]:
        steps: list[_Step[D]] = []
        document: D | None = None
        placement = NOWHERE
        for recorded in in_order_of_effect(self.view, events):
            old, document = document, self.view.evolve(document, recorded)
            if document is not old:
                placement = placement_of(self.view, document)
            steps.append(_Step(recorded.occurred.ends, document, placement))
        return steps

    def _encode(self, document: D | None) -> bytes | None:
        return None if document is None else self._codec.encode(document)


def _placed_by(begun_by: datetime, steps: Sequence[_Step[Any]]) -> datetime:
    """The instant from which on the placement is that of the last step."""
    moved = (after.ends for before, after in pairwise(steps) if after.placement != before.placement)
    return max([begun_by, *moved])


def _lists(steps: Iterable[_Step[Any]]) -> frozenset[ListKey]:
    return frozenset(one for step in steps for one in step.placement.lists)
