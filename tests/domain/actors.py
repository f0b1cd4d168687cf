"""The people of the scenarios."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid5

from intersessional.domain.command_handling.command import Command
from intersessional.domain.command_handling.scenario import SentCommand
from intersessional.domain.kernel import caller
from intersessional.domain.kernel.act import Citation, Ground, Provenance, Role
from intersessional.domain.kernel.caller import Caller
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.participant.commands import (
    AcceptCodeOfConduct,
    GrantRole,
    RegisterParticipant,
)
from intersessional.domain.participant.region import Region
from intersessional.domain.participant.stakeholder_group import StakeholderGroup
from tests.domain.given_when_then import NOW

_FROM_MINUTES = Provenance(Ground.IMPORTED, (Citation("minutes"),))
_NAMESPACE = UUID("5b1f0a5e-0000-5000-8000-000000002018")


def id_of(name: str) -> UUID:
    """The id of something in a scenario, derived from its name."""
    return uuid5(_NAMESPACE, name)


@dataclass(frozen=True)
class Person:
    """A person who sends commands."""

    caller: Caller

    @property
    def id(self) -> UUID:
        """The pseudonym."""
        assert self.caller.person is not None
        return self.caller.person

    def sends(self, command: Command, now: datetime = NOW) -> SentCommand:
        """A command that this person sends."""
        return SentCommand(command, self.caller, now)


def someone(name: str) -> Person:
    """A person who has signed in."""
    return Person(Caller(person=id_of(name)))


def in_the_name_of(person: Person) -> Person:
    """The operator, importing what a person did."""
    return Person(Caller(person=person.id, operator=True))


def told_by(person: Person, command: Command, now: datetime = NOW) -> SentCommand:
    """A command as an import sends it, from minutes."""
    return person.sends(replace(command, provenance=_FROM_MINUTES), now)


SECRETARIAT = someone("secretariat")
CHAIR = someone("chair")
MEMBER = someone("member")
OTHER_MEMBER = someone("other member")
FACILITATOR = someone("facilitator")
COMMENTER = someone("commenter")
OTHER_COMMENTER = someone("other commenter")
STRANGER = someone("stranger")
ANONYMOUS = Person(caller.ANONYMOUS)
OPERATOR = Person(caller.OPERATOR)


def introduced(person: Person) -> tuple[SentCommand, ...]:
    """Someone registers and accepts the code of conduct."""
    return (
        person.sends(
            RegisterParticipant(
                command_id=id_of(f"register {person.id}"),
                display_name="Ann",
                stakeholder_group=StakeholderGroup.CIVIL_SOCIETY,
                region=Region.AFRICAN,
            )
        ),
        person.sends(AcceptCodeOfConduct(command_id=id_of(f"accept {person.id}"), version=1)),
    )


def granted(
    person: Person, role: Role, since: str = "2018-01-01", until: str | None = None
) -> SentCommand:
    """The operator grants someone a role."""
    return OPERATOR.sends(
        GrantRole(
            command_id=id_of(f"grant {person.id} {role.value} {since}"),
            participant=person.id,
            role=role,
            since=Occurred.parse(since),
            until=None if until is None else Occurred.parse(until),
        )
    )


PEOPLE = (
    *introduced(SECRETARIAT),
    *introduced(CHAIR),
    *introduced(MEMBER),
    *introduced(OTHER_MEMBER),
    *introduced(FACILITATOR),
    *introduced(COMMENTER),
    *introduced(OTHER_COMMENTER),
    granted(SECRETARIAT, Role.SECRETARIAT),
    granted(CHAIR, Role.MAG_CHAIR),
    granted(MEMBER, Role.MAG_MEMBER),
    granted(OTHER_MEMBER, Role.MAG_MEMBER),
)
"""Everyone but the stranger registers; the MAG and the Secretariat get their roles."""
