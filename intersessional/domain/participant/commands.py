"""What can be asked of the record about people."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.act import Role
from intersessional.domain.command import Command
from intersessional.domain.occurred import Occurred
from intersessional.domain.participant.participant import Region, StakeholderGroup


@dataclass(frozen=True, kw_only=True)
class RegisterParticipant(Command):
    """Become known to the record."""

    display_name: str | None = None
    stakeholder_group: StakeholderGroup | None = None
    region: Region | None = None


@dataclass(frozen=True, kw_only=True)
class AcceptCodeOfConduct(Command):
    """Accept a version of the IGF Code of Conduct (DOMAIN row 24)."""

    version: int


@dataclass(frozen=True, kw_only=True)
class GrantRole(Command):
    """Let a participant hold a role from an instant on."""

    participant: UUID
    role: Role
    since: Occurred


@dataclass(frozen=True, kw_only=True)
class EndRole(Command):
    """Let a participant's role end."""

    participant: UUID
    role: Role
    until: Occurred
