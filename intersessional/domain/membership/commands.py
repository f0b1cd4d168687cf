"""Commands about memberships."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.command_handling.command import Command


@dataclass(frozen=True, kw_only=True)
class JoinGroup(Command):
    """Join a group, which is open to all who accept the code of conduct (DOMAIN row 5).

    The Secretariat records that somebody else did, by their id.
    """

    TOPIC = "membership.join"

    group: UUID
    """The group, by its id."""
    participant: UUID | None = None
    """Who joins, by their participant id, where the Secretariat records it."""


@dataclass(frozen=True, kw_only=True)
class LeaveGroup(Command):
    """Leave a group: end a membership in it."""

    TOPIC = "membership.leave"

    membership: UUID
    """The membership, by its id."""
    reason: str | None = None
    """The reason; at most 20,000 bytes in UTF-8."""
