"""Commands about people."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.command_handling.command import Command
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.participant.region import Region
from intersessional.domain.participant.stakeholder_group import StakeholderGroup


@dataclass(frozen=True, kw_only=True)
class RegisterParticipant(Command):
    """Register as a participant."""

    TOPIC = "participant.register"

    display_name: str | None = None
    """The name to show; at most 300 bytes in UTF-8."""
    stakeholder_group: StakeholderGroup | None = None
    """Their stakeholder group."""
    region: Region | None = None
    """Their regional group."""


@dataclass(frozen=True, kw_only=True)
class UpdateParticipant(Command):
    """Take another name, stakeholder group or region, from now on.

    What was said before keeps the group and the region of its time.
    """

    TOPIC = "participant.update"

    participant: UUID
    """The participant, by their id: the sender, unless the operator records the past."""
    display_name: str | None = None
    """The new name to show; null if it stays. At most 300 bytes in UTF-8."""
    stakeholder_group: StakeholderGroup | None = None
    """The new stakeholder group; null if it stays."""
    region: Region | None = None
    """The new regional group; null if it stays."""


@dataclass(frozen=True, kw_only=True)
class AcceptCodeOfConduct(Command):
    """Accept a version of the IGF Code of Conduct (DOMAIN row 24)."""

    TOPIC = "participant.accept_code_of_conduct"

    version: int
    """The accepted version."""


@dataclass(frozen=True, kw_only=True)
class GrantRole(Command):
    """Grant a role to a participant, or record that they hold it, until a time if one is given."""

    TOPIC = "participant.grant_role"

    participant: UUID
    """The participant, by their id."""
    role: Role
    """The role."""
    since: Occurred | None = None
    """The time at which it began; null where it had begun before and no source says when: it is
    then known to be held from the time of this fact, ``occurred``, on.
    """
    until: Occurred | None = None
    """The time until which it is held; null if it has no end yet."""
    reason: str | None = None
    """Why it is held beside someone else; the MAG has one Chair at a time. At most 20,000 bytes in
    UTF-8.
    """


@dataclass(frozen=True, kw_only=True)
class EndRole(Command):
    """End a role of a participant."""

    TOPIC = "participant.end_role"

    participant: UUID
    """The participant, by their id."""
    role: Role
    """The role."""
    until: Occurred
    """The time until which it is held."""
