"""The view of milestones: the few events that a timeline marks."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID, uuid5

from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import ListKey, View, under


@dataclass(frozen=True)
class MilestoneDocument:
    """An event that a timeline marks; the list has its position."""

    stream: UUID
    version: int


MILESTONES_LIST = ListKey(None)
"""The list of all milestones, in the order in which they were recorded."""


def _is_milestone(recorded: RecordedEvent) -> bool:
    return isinstance(recorded.event, DomainEvent) and recorded.event.IS_MILESTONE


def _keys(recorded: RecordedEvent) -> Collection[UUID]:
    if not _is_milestone(recorded):
        return ()
    return (uuid5(recorded.stream, f"milestone {recorded.version}"),)


def _evolve(
    document: MilestoneDocument | None, recorded: RecordedEvent
) -> MilestoneDocument | None:
    if not _is_milestone(recorded):
        return document
    return MilestoneDocument(recorded.stream, recorded.version)


MILESTONES = View(
    name="milestones",
    version=1,
    document=MilestoneDocument,
    keys=_keys,
    evolve=_evolve,
    lists=lambda _: under(None),
)
