"""What a handler or a guard works at: one command, its sender, the time, and the subjects."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from intersessional.domain.act import LIVE, Act, Actor, Role
from intersessional.domain.caller import Caller
from intersessional.domain.command import Command
from intersessional.domain.occurred import Occurred
from intersessional.domain.participant.participant import Participant
from intersessional.domain.refused import (
    CodeOfConductNotAccepted,
    NotRegistered,
    NotSignedIn,
    OutOfTime,
    RoleRequired,
    StaleVersion,
)
from intersessional.domain.sealed import Sealed
from intersessional.domain.subject import Subject
from intersessional.domain.workspace import Workspace

S = TypeVar("S", bound=Subject)


@dataclass(frozen=True, kw_only=True)
class Desk:
    """One command on its way through the door."""

    command: Command
    caller: Caller
    now: datetime
    workspace: Workspace

    async def find(self, kind: type[S], id: UUID) -> S | None:
        """The subject with this id, or None."""
        return await self.workspace.find(kind, id)

    async def load(self, kind: type[S], id: UUID, expected: int | None = None) -> S:
        """The subject with this id. Raises NotFound, and StaleVersion when it has moved on."""
        subject = await self.workspace.load(kind, id)
        if expected is not None and subject.version != expected:
            raise StaleVersion(id=id, expected=expected, actual=subject.version)
        return subject

    def add(self, subject: Subject) -> None:
        """Put a subject that has just begun among the others. Raises AlreadyRecorded."""
        self.workspace.add(subject)

    @property
    def occurred(self) -> Occurred:
        """When what the command tells of happened: now, unless it says otherwise."""
        return self.command.occurred or Occurred.instant(self.now)

    async def act_as(self, *roles: Role, facilitators: Collection[UUID] = ()) -> Act:
        """The envelope for this command's events, in the first of these roles its sender held.

        Raises NotSignedIn, NotRegistered, RoleRequired, CodeOfConductNotAccepted, OutOfTime.
        """
        if self.occurred.begins > self.now:
            raise OutOfTime(occurred=self.occurred.at, problem="it has not happened yet.")
        if self.caller.operator and self.caller.person is None:
            return self._act(Actor(Role.OPERATOR))
        if self.command.provenance is not None and not self.caller.operator:
            raise RoleRequired(needed=(Role.OPERATOR,), at=self.now)
        person = await self._person()
        for role in roles:
            if person.holds(role, self.occurred.begins) or (
                role is Role.FACILITATOR and person.id in facilitators
            ):
                return self._act(self._actor(role, person))
        raise RoleRequired(needed=roles, at=self.occurred.begins)

    def introduce(self) -> Act:
        """The envelope for someone's own registration. Raises NotSignedIn."""
        if self.caller.person is None:
            raise NotSignedIn
        return self._act(Actor(Role.COMMENTER, Sealed(str(self.caller.person))))

    async def _person(self) -> Participant:
        if self.caller.person is None:
            raise NotSignedIn
        person = await self.find(Participant, self.caller.person)
        if person is None:
            raise NotRegistered
        return person

    def _actor(self, role: Role, person: Participant) -> Actor:
        if role is not Role.COMMENTER:
            return Actor(role, person.id)
        if not person.accepted_code_of_conduct:
            raise CodeOfConductNotAccepted
        if self.command.occurred is not None and not self.caller.operator:
            raise OutOfTime(
                occurred=self.occurred.at, problem="only an official role tells of another time."
            )
        return Actor(role, Sealed(str(person.id)))

    def _act(self, actor: Actor) -> Act:
        return Act(
            actor=actor,
            command=self.command.command_id,
            occurred=self.occurred,
            provenance=self.command.provenance or LIVE,
        )
