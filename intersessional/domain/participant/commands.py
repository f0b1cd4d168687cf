"""Commands about people."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.command_handling.command import Command
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.participant.participant import Region, StakeholderGroup


@dataclass(frozen=True, kw_only=True)
class RegisterParticipant(Command):
    """Register as a participant."""

    TOPIC = "participant.register"

    display_name: str | None = None
    """The name to show."""
    stakeholder_group: StakeholderGroup | None = None
    """Their stakeholder group."""
    region: Region | None = None
    """Their regional group."""


@dataclass(frozen=True, kw_only=True)
class AcceptCodeOfConduct(Command):
    """Accept a version of the IGF Code of Conduct (DOMAIN row 24)."""

    TOPIC = "participant.accept_code_of_conduct"

    version: int
    """The accepted version."""


@dataclass(frozen=True, kw_only=True)
class GrantRole(Command):
    """Grant a role to a participant from one time on, and until another if it is given."""

    TOPIC = "participant.grant_role"

    participant: UUID
    """The participant, by their id."""
    role: Role
    """The role."""
    since: Occurred
    """The time from which it is held."""
    until: Occurred | None = None
    """The time until which it is held; null if it has no end yet."""


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
