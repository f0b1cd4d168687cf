"""The context of one command: its sender, the time, its act and the aggregates."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from intersessional.domain.code_of_conduct.code_of_conduct import CodeOfConduct
from intersessional.domain.command_handling.command import Command
from intersessional.domain.command_handling.question import Question
from intersessional.domain.command_handling.unit_of_work import UnitOfWork
from intersessional.domain.deviation.deviation import Deviation, deviation_id
from intersessional.domain.kernel.act import (
    LIVE,
    RECORD_KEEPERS,
    SOURCES_MAX,
    Act,
    Actor,
    Ground,
    Provenance,
    Role,
)
from intersessional.domain.kernel.aggregate import Aggregate
from intersessional.domain.kernel.caller import Caller
from intersessional.domain.kernel.fact import FactValue, facts_of
from intersessional.domain.kernel.ids import code_of_conduct_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import (
    AlreadyRecorded,
    BadValue,
    BegunHere,
    CodeOfConductNotAccepted,
    NotRegistered,
    NotSignedIn,
    OutOfTime,
    OverrideRequired,
    RoleRequired,
)
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.kernel.texts import validated_place, validated_slug
from intersessional.domain.participant.code_of_conduct import CODE_OF_CONDUCT
from intersessional.domain.participant.participant import Participant
from intersessional.domain.rule.soft_rule import RuleStrength, SoftRule

A = TypeVar("A", bound=Aggregate)
T = TypeVar("T")

_RECORD_THE_PAST = (Role.SECRETARIAT, Role.MAG_CHAIR)
_CONTRIBUTE = (Role.MAG_MEMBER, Role.FACILITATOR, Role.COMMENTER)
"""Roles that need an accepted code of conduct (DOMAIN row 24)."""


@dataclass(frozen=True, kw_only=True)
class CommandContext:
    """The context that a handler, a guard or a reaction gets."""

    command: Command
    caller: Caller
    now: datetime
    unit_of_work: UnitOfWork
    public_id: UUID
    """The command id in events."""
    overrides: Mapping[str, Sealed] = field(default_factory=dict[str, Sealed])
    """The reasons of the command's overrides, by the keys of their rules."""
    _asked: set[Role] = field(default_factory=set[Role])
    """The roles in which the command may be sent."""

    async def find(self, kind: type[A], id: UUID, expected: int | None = None) -> A | None:
        """The aggregate with this id, or None. Raises StaleVersion for an unexpected version."""
        return await self.unit_of_work.find(kind, id, expected)

    async def load(self, kind: type[A], id: UUID, expected: int | None = None) -> A:
        """The aggregate with this id. Raises NotFound, StaleVersion for an unexpected version."""
        return await self.unit_of_work.load(kind, id, expected)

    async def check_absent(self, kind: type[Aggregate], id: UUID) -> None:
        """Check that no aggregate has this id yet. Raises AlreadyRecorded."""
        if await self.find(kind, id) is not None:
            raise AlreadyRecorded(kind=kind.noun(), id=id)

    def add(self, aggregate: Aggregate) -> None:
        """Add a new aggregate. Raises AlreadyRecorded."""
        self.unit_of_work.add(aggregate)

    def deviate(
        self,
        rule: SoftRule,
        act: Act,
        *,
        subject: UUID,
        cycle_id: UUID | None = None,
        group_id: UUID | None = None,
        facts: Mapping[str, FactValue | Sequence[FactValue] | None],
    ) -> None:
        """Record that these facts about a subject deviate from a soft rule.

        To be called once for a rule and a subject, and not at all where the rule is kept. A gate
        needs an override, unless it is imported. Raises OverrideRequired.
        """
        rationale = self.overrides.get(rule.key)
        given = facts_of(facts)
        if rule.strength is RuleStrength.GATE:
            if rationale is None and act.provenance.ground is Ground.LIVE:
                raise OverrideRequired(rule=rule.key, requirement=rule.sentence, facts=given)
        elif rule.strength is RuleStrength.REPORT:
            raise TypeError(f"{rule.key} is a report: no command deviates from it")
        deviation = Deviation.note(
            act,
            id=deviation_id(self.command.command_id, rule.key, subject),
            rule=rule,
            subject=subject,
            cycle_id=cycle_id,
            group_id=group_id,
            facts=given,
            rationale=rationale,
        )
        self.add(deviation)

    async def ask(self, question: Question[T], key: UUID) -> T | None:
        """The answer to a question, exact at the append. Raises Unanswerable."""
        return await self.unit_of_work.ask(question, key)

    async def reveal(self, sealed: Collection[Sealed]) -> Mapping[Sealed, str]:
        """The sealed texts, also of new events; an erased text is left out."""
        return await self.unit_of_work.reveal(sealed)

    async def sender(self) -> Participant | None:
        """The participant who sent the command; None for a sender who has not registered."""
        person = self.caller.person
        return None if person is None else await self.find(Participant, person)

    @property
    def occurred(self) -> Occurred:
        """When it happened: now, unless the command gives another time."""
        return self.command.occurred or Occurred.instant(self.now)

    @property
    def provenance(self) -> Provenance:
        """The provenance of the command's events: live, unless the command gives another."""
        return self.command.provenance or LIVE

    async def act_as(self, *roles: Role, facilitators: Collection[UUID] = ()) -> Act:
        """The act of this command's events, in the first of these roles that its sender holds.

        An import in a person's name needs a role that was held when it happened. The system acts
        where SYSTEM is one of the roles, as the operator may. Raises
        NotSignedIn, NotRegistered, RoleRequired, CodeOfConductNotAccepted, OutOfTime, BadValue.
        """
        self._asked.update(roles)
        self._check_provenance()
        self._check_past()
        if self.caller.system:
            if Role.SYSTEM not in roles:
                raise RoleRequired(needed=roles, at=self.now)
            return self.consequence()
        if self.caller.operator and self.caller.person is None:
            return self._act(Actor(Role.OPERATOR))
        person = await self._person()
        at = self.occurred if self.caller.operator else Occurred.instant(self.now)
        held = [
            role
            for role in roles
            if person.lacks(role, at, historical=self.provenance.historical) is None
            or (role is Role.FACILITATOR and person.id in facilitators)
        ]
        if not held:
            raise RoleRequired(needed=roles, at=at.begins)
        return self._act(await self._actor(self._in_time(held), person))

    async def check_right(self, of: Aggregate) -> None:
        """Check that an import may act in the right of whose something is. Raises BegunHere."""
        if of.begun_here:
            await self._check_named_here(of.noun(), of.id)

    async def check_part(self, kind: str, id: UUID, begun: Act) -> None:
        """Check the same for a part of something, by the act that began it. Raises BegunHere."""
        if begun.is_own:
            await self._check_named_here(kind, id)

    async def check_spoken_for(self, person: UUID | None) -> None:
        """Check that an import may say what only a person can, or nobody by name.

        Raises BegunHere.
        """
        if person is not None and self._is_import:
            participant = await self.find(Participant, person)
            if participant is not None:
                await self.check_right(participant)

    async def check_changed(self) -> None:
        """Check the right to all that the command has changed. Raises BegunHere.

        What record keepers alone may do is theirs, whoever began what it is done to.
        """
        if self._is_import and not self._asked <= RECORD_KEEPERS:
            for changed in self.unit_of_work.changed:
                await self.check_right(changed)

    async def _check_named_here(self, kind: str, id: UUID) -> None:
        """Check that it is no import, or one in the name of a person who registered here."""
        if self._is_import:
            sender = await self.sender()
            if sender is None or sender.opening.provenance != LIVE:
                raise BegunHere(kind=kind, id=id)

    @property
    def _is_import(self) -> bool:
        return self.caller.operator and self.provenance != LIVE

    def consequence(self) -> Act:
        """The act of what follows from this command by a rule or the clock: nobody's own."""
        return self._act(Actor(Role.SYSTEM))

    def introduce(self) -> Act:
        """The act of a sender who registers or accepts the code of conduct.

        Raises NotSignedIn, RoleRequired, OutOfTime, BadValue.
        """
        self._asked.add(Role.COMMENTER)
        self._check_provenance()
        self._check_past()
        if self.caller.person is None:
            raise NotSignedIn
        if self.command.occurred is not None and not self.caller.operator:
            problem = "only an import may give another time than now."
            raise OutOfTime(occurred=self.occurred.at, problem=problem)
        return self._act(Actor(Role.COMMENTER, Sealed(str(self.caller.person))))

    def _check_provenance(self) -> None:
        if self.command.provenance is None:
            return
        if not self.caller.operator:
            raise RoleRequired(needed=(Role.OPERATOR,), at=self.now)
        if len(self.command.provenance.sources) > SOURCES_MAX:
            raise BadValue(field="provenance.sources", problem=f"at most {SOURCES_MAX}.")
        for n, cited in enumerate(self.command.provenance.sources):
            validated_slug(f"provenance.sources.{n}.key", cited.key)
            validated_place(f"provenance.sources.{n}.place", cited.place)

    def _check_past(self) -> None:
        """Check that it has certainly happened: a period must have passed. Raises OutOfTime."""
        if not self.occurred.certain_by(self.now):
            raise OutOfTime(occurred=self.occurred.at, problem="it has not happened yet.")

    async def _person(self) -> Participant:
        if self.caller.person is None:
            raise NotSignedIn
        person = await self.sender()
        if person is None:
            raise NotRegistered
        return person

    def _in_time(self, held: Sequence[Role]) -> Role:
        """The first of these roles that may record something of this time. Raises OutOfTime."""
        if self.command.occurred is None or self.caller.operator:
            return held[0]
        for role in held:
            if role in _RECORD_THE_PAST:
                return role
        problem = "only the Secretariat and the Chair may record another time than now."
        raise OutOfTime(occurred=self.occurred.at, problem=problem)

    async def conduct_in_force(self) -> int:
        """The version of the code of conduct that was in force at the command's time."""
        code = await self.find(CodeOfConduct, code_of_conduct_id())
        return CODE_OF_CONDUCT if code is None else code.at(self.occurred).in_force

    async def _actor(self, role: Role, person: Participant) -> Actor:
        if role in _CONTRIBUTE and not self.provenance.historical:
            version = await self.conduct_in_force()
            if person.accepted_code_of_conduct != version:
                raise CodeOfConductNotAccepted(version=version)
        return Actor(role, Sealed(str(person.id)) if role is Role.COMMENTER else person.id)

    def _act(self, actor: Actor) -> Act:
        return Act(
            actor=actor,
            command=self.public_id,
            occurred=self.occurred,
            provenance=self.provenance,
        )
