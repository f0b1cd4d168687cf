"""Makes a development token for a role, and a participant who can act in it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID, uuid5

from intersessional.domain.code_of_conduct.code_of_conduct import CodeOfConduct
from intersessional.domain.command_handling.command_bus import CommandRefused
from intersessional.domain.command_handling.command_envelope import CommandEnvelope
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.caller import OPERATOR, Caller
from intersessional.domain.kernel.ids import code_of_conduct_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.texts import validated_name
from intersessional.domain.participant.code_of_conduct import CODE_OF_CONDUCT
from intersessional.domain.participant.commands import (
    AcceptCodeOfConduct,
    GrantRole,
    RegisterParticipant,
)
from intersessional.infra.auth.authenticator import Authenticator
from intersessional.infra.auth.development import development_issuer
from intersessional.infra.auth.errors import DevelopmentTokenError
from intersessional.infra.auth.pseudonyms import Pseudonym

LIFETIME = timedelta(hours=12)
LIFETIME_MAX = timedelta(days=366)

DEVELOPMENT_ROLES = (
    Role.COMMENTER,
    Role.FACILITATOR,
    Role.MAG_MEMBER,
    Role.MAG_CHAIR,
    Role.SECRETARIAT,
)
"""The roles of persons."""

_ONLY_IN_DEVELOPMENT = (
    "Tokens are handed out in development only: set INTERSESSIONAL_MODE=development."
)
_GRANTED = (Role.SECRETARIAT, Role.MAG_CHAIR, Role.MAG_MEMBER)


class DevelopmentPerson(NamedTuple):
    """A participant for development, and the position at which they can act."""

    id: UUID
    position: int


@dataclass(frozen=True, kw_only=True)
class DevelopmentToken:
    """A bearer token, its person (None for the operator) and its expiry."""

    text: str = field(repr=False)
    person: UUID | None
    expires_at: datetime


async def development_token(
    authenticator: Authenticator,
    role: Role,
    *,
    name: str | None = None,
    lifetime: timedelta = LIFETIME,
) -> DevelopmentToken:
    """A token whose person can act in a role at once.

    For each role and name there is one participant, who has accepted the code of conduct; the
    ordinary commands record this once. The Secretariat, the Chair and members of the MAG hold
    their role from the first call on. A facilitator holds none: appoint the ``person`` of the
    token to a group. The operator is no participant, and its token may do all that the operator
    may.

    Raises DevelopmentTokenError outside development mode, for an invalid lifetime, for the
    record itself, and for a name of the operator; Refused for a name that no participant may have.
    """
    issuer = authenticator.development
    if issuer is None:
        raise DevelopmentTokenError(_ONLY_IN_DEVELOPMENT)
    if not timedelta(seconds=1) <= lifetime <= LIFETIME_MAX:
        raise DevelopmentTokenError(
            f"A token lasts at least a second and at most {LIFETIME_MAX.days} days."
        )
    if role is Role.SYSTEM:
        raise DevelopmentTokenError("The record itself sends no requests and has no token.")
    if role is Role.OPERATOR and name is not None:
        raise DevelopmentTokenError("The operator is no person and has no name.")
    person = None
    if role is not Role.OPERATOR:
        person = (await development_person(authenticator, role, name)).id
    expires_at = (authenticator.clock() + lifetime).replace(microsecond=0)
    return DevelopmentToken(
        text=issuer.sign(person, expires_at), person=person, expires_at=expires_at
    )


async def development_person(
    authenticator: Authenticator, role: Role, name: str | None
) -> DevelopmentPerson:
    """The person with this name and role, able to act in it; in development only.

    Raises DevelopmentTokenError outside development mode and for roles of no person; Refused for a
    name that no participant may have.
    """
    if authenticator.development is None or role not in DEVELOPMENT_ROLES:
        raise DevelopmentTokenError(_ONLY_IN_DEVELOPMENT)
    display_name = role.value.replace("_", " ").title()
    subject = role.value
    if name is not None:
        display_name = str(validated_name("name", name).value)
        subject = f"{role.value}:{display_name}"
    code = await authenticator.command_bus.find(CodeOfConduct, code_of_conduct_id())
    conduct = CODE_OF_CONDUCT if code is None else code.in_force
    pseudonym = await authenticator.pseudonyms.get_or_create(development_issuer.ISSUER, subject)
    try:
        results = await authenticator.command_bus.submit_all(
            _introduction(pseudonym, role, display_name, conduct)
        )
    except CommandRefused as error:
        raise error.refused from None
    return DevelopmentPerson(pseudonym.id, results[-1].position)


def _introduction(
    pseudonym: Pseudonym, role: Role, display_name: str, conduct: int
) -> list[CommandEnvelope]:
    """The commands that enable a person to act in a role, the same at each call."""

    def command_id(step: str) -> UUID:
        return uuid5(pseudonym.id, f"development:{step}")

    caller = Caller(person=pseudonym.id)
    register = RegisterParticipant(command_id=command_id("register"), display_name=display_name)
    accept = AcceptCodeOfConduct(command_id=command_id(f"accept {conduct}"), version=conduct)
    envelopes = [CommandEnvelope(register, caller), CommandEnvelope(accept, caller)]
    if role in _GRANTED:
        grant = GrantRole(
            command_id=command_id("grant"),
            participant=pseudonym.id,
            role=role,
            since=Occurred.instant(pseudonym.first_seen),
            reason="A token for development.",
        )
        envelopes.append(CommandEnvelope(grant, OPERATOR))
    return envelopes
