"""Commands about groups."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.command_handling.command import Command
from intersessional.domain.group.wish import GroupWish
from intersessional.domain.kernel.body import NamedBody


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
class SuspendGroup(Command):
    """Suspend a group's work."""

    TOPIC = "group.suspend"

    group: UUID
    """The group, by its id."""
    reason: str
    """The reason; at most 20,000 bytes in UTF-8."""
    decision: UUID | None = None
    """The decision of the MAG; required unless a facilitator of the group sends the command."""


@dataclass(frozen=True, kw_only=True)
class ResumeGroup(Command):
    """Resume a group's work that was suspended."""

    TOPIC = "group.resume"

    group: UUID
    """The group, by its id."""
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


@dataclass(frozen=True, kw_only=True)
class ProposeGroup(Command):
    """Propose a group that needs no written proposal, such as a working group (DOMAIN row 15)."""

    TOPIC = "group.propose"

    year: int
    """The year of the cycle for which it is proposed."""
    kind: str
    """The key of the kind of group."""
    name: str
    """Its name; at most 300 bytes in UTF-8."""
    remit: str | None = None
    """What it is to do; required, unless a source of the past lacks it. At most 20,000 bytes."""
    proposed_by: tuple[UUID, ...] = ()
    """Those who propose it, by their ids; the sender, if they are a member, by default."""
    meeting: UUID | None = None
    """The meeting of the MAG at which it was proposed, by its id."""


@dataclass(frozen=True, kw_only=True)
class StateGroupWish(Command):
    """State what a group wishes for a cycle; a later wish replaces it."""

    TOPIC = "group.state_wish"

    group: UUID
    """The group, by its id."""
    year: int
    """The year of the cycle."""
    wish: GroupWish
    """The wish."""
    body: NamedBody | None = None
    """The body into which it wishes to pass."""
    meeting: UUID | None = None
    """The meeting of the MAG at which the wish was stated, by its id."""
    words: str | None = None
    """What was said; at most 20,000 bytes in UTF-8."""


@dataclass(frozen=True, kw_only=True)
class FormDraftingTeam(Command):
    """Form the drafting team of a group, in place of an earlier one."""

    TOPIC = "group.form_drafting_team"

    group: UUID
    """The group, by its id."""
    members: tuple[UUID, ...] = ()
    """Its members, by their participant ids; at most 50."""
    task: str | None = None
    """What it drafts; at most 20,000 bytes in UTF-8."""


@dataclass(frozen=True, kw_only=True)
class RecordGroupReport(Command):
    """Record a report of a group on its work in a cycle (DOMAIN row 17)."""

    TOPIC = "group.record_report"

    group: UUID
    """The group, by its id."""
    year: int
    """The year of the cycle."""
    report: str | None = None
    """The report in words; at most 60,000 bytes in UTF-8."""
    document: UUID | None = None
    """The document in which it was given, by its id."""
    meeting: UUID | None = None
    """The meeting of the MAG to which it was given, by its id."""
    annual_meeting_years: tuple[int, ...] = ()
    """The years of the annual meetings that it tells of, each once; at most 20."""


@dataclass(frozen=True, kw_only=True)
class DissolveGroup(Command):
    """Dissolve a group into a body that takes over its work (DOMAIN row 17)."""

    TOPIC = "group.dissolve"

    group: UUID
    """The group, by its id."""
    absorbed_by: NamedBody
    """The body that takes over its work."""
    decision: UUID | None = None
    """The decision of the MAG; required, unless no source of the past has it."""
    reason: str | None = None
    """The reason; at most 20,000 bytes in UTF-8."""
