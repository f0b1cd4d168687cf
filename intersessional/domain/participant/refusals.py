"""Refusals about participants."""

from uuid import UUID

from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.refusals import Refused


class RoleHeld(Refused):
    """Someone else holds the role in that time, and one person holds it at a time."""

    code = "ROLE_HELD"
    sentence = "{holder} holds {role} since {since}; if both do, give a reason."
    holder: UUID
    """The id of the participant who holds it."""
    role: Role
    """The role."""
    since: str
    """The time from which they are known to hold it."""
    until: str | None
    """The time until which they hold it; null if it has no end yet."""
