"""A token for a role, and a person in the record who can act in it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.caller import OPERATOR, Caller
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.texts import validated_name
from intersessional.domain.participant.commands import (
    AcceptCodeOfConduct,
    GrantRole,
    RegisterParticipant,
)
from intersessional.domain.participant.participant import CODE_OF_CONDUCT
from intersessional.infra.auth import development_issuer
from intersessional.infra.auth.authenticator import Authenticator
from intersessional.infra.auth.errors import DevelopmentTokenError
from intersessional.infra.auth.persons import Person
from intersessional.infra.event_store.command_bus import CommandEnvelope, CommandRefused

LIFETIME = timedelta(hours=12)
LIFETIME_MAX = timedelta(days=366)

_GRANTED = (Role.SECRETARIAT, Role.MAG_CHAIR, Role.MAG_MEMBER)


@dataclass(frozen=True, kw_only=True)
class DevelopmentToken:
    """A bearer token, whom it stands for and until when; the operator is no person."""

    text: str = field(repr=False)
    person: UUID | None
    expires_at: datetime


async def development_token(
    identity: Authenticator, role: Role, *, name: str | None = None, lifetime: timedelta = LIFETIME
) -> DevelopmentToken:
    """A token with which someone can act in a role at once.

    Everyone is a participant who has accepted the code of conduct, one for each role and name,
    through the ordinary commands; asking again gives the same person and records nothing twice.
    The Secretariat, the Chair and members of the MAG hold their role from when they were first
    asked for. A facilitator holds none, for only a group's appointment makes one: appoint the
    ``person`` of the token. The operator is not in the record at all; with its token one may do
    whatever the operator may.

    Raises DevelopmentTokenError outside development, for a lifetime that is none, and for a name
    where there is nobody to bear it; Refused for a name that no participant may have.
    """
    issuer = identity.development
    if issuer is None:
        raise DevelopmentTokenError(
            "Tokens are handed out in development only: set INTERSESSIONAL_MODE=development."
        )
    if not timedelta(seconds=1) <= lifetime <= LIFETIME_MAX:
        raise DevelopmentTokenError(
            f"A token lasts at least a second and at most {LIFETIME_MAX.days} days."
        )
    if role is Role.OPERATOR and name is not None:
        raise DevelopmentTokenError("The operator is no person and has no name.")
    person = None if role is Role.OPERATOR else await _able(identity, role, name)
    expires_at = (identity.clock() + lifetime).replace(microsecond=0)
    return DevelopmentToken(
        text=issuer.sign(person, expires_at), person=person, expires_at=expires_at
    )


async def _able(identity: Authenticator, role: Role, name: str | None) -> UUID:
    """The person who bears this name in this role, able to act in it."""
    called = role.value.replace("_", " ").title()
    subject = role.value
    if name is not None:
        called = str(validated_name("name", name).value)
        subject = f"{role.value}:{called}"
    person = await identity.persons.known_as(development_issuer.ISSUER, subject)
    try:
        await identity.command_bus.submit_all(_introduction(person, role, called))
    except CommandRefused as error:
        raise error.refused from None
    return person.id


def _introduction(person: Person, role: Role, called: str) -> list[CommandEnvelope]:
    """What makes a person able to act in a role: the same orders whenever they are given."""

    def command_id(what: str) -> UUID:
        return uuid5(person.id, f"development:{what}")

    themselves = Caller(person=person.id)
    register = RegisterParticipant(command_id=command_id("register"), display_name=called)
    accept = AcceptCodeOfConduct(
        command_id=command_id(f"accept {CODE_OF_CONDUCT}"), version=CODE_OF_CONDUCT
    )
    orders = [CommandEnvelope(register, themselves), CommandEnvelope(accept, themselves)]
    if role in _GRANTED:
        grant = GrantRole(
            command_id=command_id("grant"),
            participant=person.id,
            role=role,
            since=Occurred.instant(person.first_seen),
        )
        orders.append(CommandEnvelope(grant, OPERATOR))
    return orders
