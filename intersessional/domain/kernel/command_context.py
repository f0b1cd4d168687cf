"""What a handler or a guard works at: one command, its sender, the time, and the subjects."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from intersessional.domain.kernel.act import LIVE, Act, Actor, Role
from intersessional.domain.kernel.aggregate import Aggregate
from intersessional.domain.kernel.caller import Caller
from intersessional.domain.kernel.command import Command
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import (
    CodeOfConductNotAccepted,
    NotRegistered,
    NotSignedIn,
    OutOfTime,
    RoleRequired,
    StaleVersion,
)
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.kernel.texts import validated_slug
from intersessional.domain.kernel.unit_of_work import UnitOfWork
from intersessional.domain.participant.participant import CODE_OF_CONDUCT, Participant

S = TypeVar("S", bound=Aggregate)

_TELL_OF_THE_PAST = (Role.SECRETARIAT, Role.MAG_CHAIR)
_CONTRIBUTE = (Role.MAG_MEMBER, Role.FACILITATOR, Role.COMMENTER)
"""Who contributes accepts the code of conduct first (DOMAIN row 24)."""


@dataclass(frozen=True, kw_only=True)
class CommandContext:
    """One command on its way through the door."""

    command: Command
    caller: Caller
    now: datetime
    unit_of_work: UnitOfWork

    async def find(self, kind: type[S], id: UUID, expected: int | None = None) -> S | None:
        """The subject with this id, or None. Raises StaleVersion when it has moved on."""
        subject = await self.unit_of_work.find(kind, id)
        actual = 0 if subject is None else subject.version
        if expected not in (None, actual):
            raise StaleVersion(id=id, expected=expected, actual=actual)
        return subject

    async def load(self, kind: type[S], id: UUID, expected: int | None = None) -> S:
        """The subject with this id. Raises NotFound, and StaleVersion when it has moved on."""
        subject = await self.unit_of_work.load(kind, id)
        await self.find(kind, id, expected)
        return subject

    async def sender(self) -> Participant | None:
        """The participant who sent the command; None for whoever is not in the record."""
        person = self.caller.person
        return None if person is None else await self.find(Participant, person)

    def add(self, subject: Aggregate) -> None:
        """Put a subject that has just begun among the others. Raises AlreadyRecorded."""
        self.unit_of_work.add(subject)

    @property
    def occurred(self) -> Occurred:
        """When what the command tells of happened: now, unless it says otherwise."""
        return self.command.occurred or Occurred.instant(self.now)

    async def act_as(self, *roles: Role, facilitators: Collection[UUID] = ()) -> Act:
        """The envelope for this command's events, in the first of these roles its sender holds.

        What the operator imports in someone's name takes a role held when it happened. Raises
        NotSignedIn, NotRegistered, RoleRequired, CodeOfConductNotAccepted, OutOfTime, BadValue.
        """
        self._check_provenance()
        if self.occurred.begins > self.now:
            raise OutOfTime(occurred=self.occurred.at, problem="it has not happened yet.")
        if self.caller.operator and self.caller.person is None:
            return self._act(Actor(Role.OPERATOR))
        person = await self._person()
        at = self.occurred.begins if self.caller.operator else self.now
        held = [
            role
            for role in roles
            if person.holds(role, at) or (role is Role.FACILITATOR and person.id in facilitators)
        ]
        if not held:
            raise RoleRequired(needed=roles, at=at)
        return self._act(self._actor(self._in_time(held), person))

    def introduce(self) -> Act:
        """The envelope for what everyone does for themselves: register, and accept the code.

        Raises NotSignedIn, RoleRequired, OutOfTime, BadValue.
        """
        self._check_provenance()
        if self.caller.person is None:
            raise NotSignedIn
        if self.command.occurred is not None and not self.caller.operator:
            problem = "what people do themselves happens now."
            raise OutOfTime(occurred=self.occurred.at, problem=problem)
        return self._act(Actor(Role.COMMENTER, Sealed(str(self.caller.person))))

    def _check_provenance(self) -> None:
        if self.command.provenance is None:
            return
        if not self.caller.operator:
            raise RoleRequired(needed=(Role.OPERATOR,), at=self.now)
        for n, key in enumerate(self.command.provenance.sources):
            validated_slug(f"provenance.sources.{n}", key)

    async def _person(self) -> Participant:
        if self.caller.person is None:
            raise NotSignedIn
        person = await self.sender()
        if person is None:
            raise NotRegistered
        return person

    def _in_time(self, held: Sequence[Role]) -> Role:
        """The first of these roles in which the sender may tell of this time."""
        if self.command.occurred is None or self.caller.operator:
            return held[0]
        for role in held:
            if role in _TELL_OF_THE_PAST:
                return role
        problem = "only the Secretariat and the Chair tell of another time than now."
        raise OutOfTime(occurred=self.occurred.at, problem=problem)

    def _actor(self, role: Role, person: Participant) -> Actor:
        told = self.command.provenance or LIVE
        accepted = person.accepted_code_of_conduct == CODE_OF_CONDUCT
        if role in _CONTRIBUTE and not (accepted or told.historical):
            raise CodeOfConductNotAccepted(version=CODE_OF_CONDUCT)
        return Actor(role, Sealed(str(person.id)) if role is Role.COMMENTER else person.id)

    def _act(self, actor: Actor) -> Act:
        return Act(
            actor=actor,
            command=self.command.command_id,
            occurred=self.occurred,
            provenance=self.command.provenance or LIVE,
        )
