"""The view of the names of groups."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID, uuid5

from intersessional.domain.group.group import Group
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import View, under


@dataclass(frozen=True)
class GroupNameDocument:
    """A name that a group has had, and the time from which on it had it."""

    group_id: UUID
    name: Sealed
    since: Occurred


def _keys(recorded: RecordedEvent) -> Collection[UUID]:
    match recorded.event:
        case Group.Established() | Group.Proposed() | Group.Approved() | Group.Renamed():
            return (uuid5(recorded.stream, f"name {recorded.version}"),)
        case _:
            return ()


def _evolve(
    document: GroupNameDocument | None, recorded: RecordedEvent
) -> GroupNameDocument | None:
    match recorded.event:
        case Group.Established() | Group.Proposed() | Group.Approved() | Group.Renamed() as event:
            return GroupNameDocument(recorded.stream, event.name, event.act.occurred)
        case _:
            return document


GROUP_NAMES = View(
    name="group_names",
    version=2,
    document=GroupNameDocument,
    keys=_keys,
    evolve=_evolve,
    lists=lambda document: under(document.group_id),
)
