"""What can be asked of the record about groups."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.command import Command
from intersessional.domain.occurred import Occurred


@dataclass(frozen=True, kw_only=True)
class AppointFacilitator(Command):
    """Let a participant facilitate a group."""

    group: UUID
    participant: UUID


@dataclass(frozen=True, kw_only=True)
class ReleaseFacilitator(Command):
    """Let a participant facilitate a group no longer."""

    group: UUID
    participant: UUID


@dataclass(frozen=True, kw_only=True)
class RenameGroup(Command):
    """Give a group another name."""

    group: UUID
    name: str
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class ScheduleGroupMeeting(Command):
    """Call a meeting of a group (DOMAIN row 26)."""

    group: UUID
    held: Occurred
    label: str


@dataclass(frozen=True, kw_only=True)
class ConcludeGroup(Command):
    """End a group's work."""

    group: UUID
    reason: str | None = None
