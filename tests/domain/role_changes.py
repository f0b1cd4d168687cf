"""Commands that grant and end a role."""

from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.participant.commands import EndRole, GrantRole
from tests.domain.actors import (
    COMMENTER,
    Person,
    id_of,
)


def grant(role: Role, since: str, until: str | None = None, *, to: Person = COMMENTER) -> GrantRole:
    """Grant a person a role for this time."""
    return GrantRole(
        command_id=id_of("grant"),
        participant=to.id,
        role=role,
        since=Occurred.parse(since),
        until=None if until is None else Occurred.parse(until),
    )


def end(role: Role, until: str, *, of: Person = COMMENTER, expected: int | None = None) -> EndRole:
    """End a role of a person."""
    return EndRole(
        command_id=id_of("end"),
        participant=of.id,
        role=role,
        until=Occurred.parse(until),
        expected_version=expected,
    )
