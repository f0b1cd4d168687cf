"""Commands about groups."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.command_handling.command import Command


@dataclass(frozen=True, kw_only=True)
class RecordGroup(Command):
    """Record a group of the past that sources name, where no decision is known."""

    TOPIC = "group.record"

    kind: str
    """The key of the kind of group."""
    name: str
    """The name; at most 300 bytes in UTF-8."""
    year: int | None = None
    """The year of the cycle that it belongs to; none for one that stands outside the cycles."""


@dataclass(frozen=True, kw_only=True)
class AppointFacilitator(Command):
    """Appoint a facilitator of a group."""

    TOPIC = "group.appoint_facilitator"

    group: UUID
    """The group, by its id."""
    participant: UUID
    """The participant, by their id."""
    decision: UUID | None = None
    """The decision of the MAG; required unless a facilitator of the group sends the command."""


@dataclass(frozen=True, kw_only=True)
class ReleaseFacilitator(Command):
    """Release a facilitator of a group."""

    TOPIC = "group.release_facilitator"

    group: UUID
    """The group, by its id."""
    participant: UUID
    """The participant, by their id."""
    decision: UUID | None = None
    """The decision of the MAG; required unless a facilitator of the group sends the command."""


@dataclass(frozen=True, kw_only=True)
class RenameGroup(Command):
    """Give a group another name."""

    TOPIC = "group.rename"

    group: UUID
    """The group, by its id."""
    name: str
    """The new name; at most 300 bytes in UTF-8."""
    reason: str | None = None
    """The reason; at most 20,000 bytes in UTF-8."""
    decision: UUID | None = None
    """The decision of the MAG; required unless a facilitator of the group sends the command."""


@dataclass(frozen=True, kw_only=True)
class ConcludeGroup(Command):
    """End a group's work."""

    TOPIC = "group.conclude"

    group: UUID
    """The group, by its id."""
    reason: str | None = None
    """The reason; at most 20,000 bytes in UTF-8."""
    decision: UUID | None = None
    """The decision of the MAG; required unless a facilitator of the group sends the command."""
