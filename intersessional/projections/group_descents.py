"""The view of which groups come from which."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.group_descent.descent_kind import DescentKind
from intersessional.domain.group_descent.group_descent import GroupDescent
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import ListKey, View, stream_of


@dataclass(frozen=True)
class GroupDescentDocument:
    """That a group comes from an earlier one."""

    group_id: UUID
    earlier_id: UUID
    kind: DescentKind


def _evolve(
    descent: GroupDescentDocument | None, recorded: RecordedEvent
) -> GroupDescentDocument | None:
    match recorded.event:
        case GroupDescent.Recorded() as event:
            return GroupDescentDocument(event.group_id, event.earlier_id, event.kind)
        case _:
            return descent


def _lists(descent: GroupDescentDocument) -> Collection[ListKey]:
    """The list of each of the two groups."""
    return {ListKey(descent.group_id), ListKey(descent.earlier_id)}


GROUP_DESCENTS = View(
    name="group_descents",
    version=1,
    document=GroupDescentDocument,
    keys=stream_of(GroupDescent),
    evolve=_evolve,
    lists=_lists,
)
