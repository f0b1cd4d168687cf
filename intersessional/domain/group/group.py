"""An intersessional group: a Best Practice Forum, the CENB, a working group and their like."""

from typing import Self
from uuid import UUID

from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.group.refusals import GroupHasConcluded
from intersessional.domain.group_kind.group_kind_rules import GroupKindRules
from intersessional.domain.kernel.act import Act, Role
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.event_ref import EventRef
from intersessional.domain.kernel.refusals import AlreadyRecorded, BadValue, LimitReached, NotFound
from intersessional.domain.kernel.sealed import Permanent
from intersessional.domain.kernel.texts import validated_name, validated_optional_text
from intersessional.domain.participant.participant import Participant
from intersessional.domain.proposal.proposal import Proposal

FACILITATORS_MAX = 50
"""Facilitators that a group can have at a time."""


class Group(Aggregate):
    """A group of a cycle. Its identity is its id; its name is time-bounded (DOMAIN row 49)."""

    TOPIC = "group"

    cycle_id: UUID
    year: int
    kind: str
    facilitators: tuple[UUID, ...] = ()
    concluded: bool = False
    established_by: EventRef | None = None
    """The event that established it."""

    class Established(CreatedEvent):
        """A decision established the group, from a proposal where there was one."""

        TOPIC = "group.established.v1"
        cycle_id: UUID
        year: int
        kind: str
        name: Permanent
        decision_id: UUID
        proposal_id: UUID | None
        merged_from: tuple[UUID, ...]

        def apply(self, aggregate: "Group") -> None:
            aggregate.established_by = EventRef.to(self)

    class FacilitatorAppointed(Aggregate.Event):
        """Someone became a co-facilitator of the group."""

        TOPIC = "group.facilitator_appointed.v1"
        participant_id: UUID
        mag_member: bool

        def apply(self, aggregate: "Group") -> None:
            aggregate.facilitators = (*aggregate.facilitators, self.participant_id)

    class FacilitatorReleased(Aggregate.Event):
        """Someone ceased to be a co-facilitator of the group."""

        TOPIC = "group.facilitator_released.v1"
        participant_id: UUID

        def apply(self, aggregate: "Group") -> None:
            aggregate.facilitators = tuple(
                person for person in aggregate.facilitators if person != self.participant_id
            )

    class Renamed(Aggregate.Event):
        """The group took another name."""

        TOPIC = "group.renamed.v1"
        name: Permanent
        reason: Permanent | None

    class Concluded(Aggregate.Event):
        """The group's work ended."""

        TOPIC = "group.concluded.v1"
        reason: Permanent | None

        def apply(self, aggregate: "Group") -> None:
            aggregate.concluded = True

    @classmethod
    def establish(
        cls,
        act: Act,
        *,
        id: UUID,
        cycle: Cycle,
        kind: str,
        rules: GroupKindRules,
        name: str,
        decision_id: UUID,
    ) -> Self:
        """Establish a group that needs no proposal. Raises BadValue."""
        if rules.proposed:
            raise BadValue(field="kind", problem="it comes from a proposal: approve one.")
        return cls.create(
            cls.Established,
            id=id,
            act=act,
            cycle_id=cycle.id,
            year=cycle.year,
            kind=kind,
            name=validated_name("name", name),
            decision_id=decision_id,
            proposal_id=None,
            merged_from=(),
        )

    @classmethod
    def establish_from(
        cls, act: Act, *, proposal: Proposal, id: UUID, name: str, decision_id: UUID
    ) -> Self:
        """Establish the group of an approved proposal. Raises BadValue."""
        return cls.create(
            cls.Established,
            id=id,
            act=act,
            cycle_id=proposal.cycle_id,
            year=proposal.year,
            kind=proposal.group_kind,
            name=validated_name("group_name", name),
            decision_id=decision_id,
            proposal_id=proposal.id,
            merged_from=proposal.merged_from,
        )

    def appoint(self, act: Act, participant: Participant) -> None:
        """Make a participant a co-facilitator.

        Raises GroupHasConcluded, AlreadyRecorded, LimitReached.
        """
        self.check_active()
        if participant.id in self.facilitators:
            raise AlreadyRecorded(kind="facilitator", id=participant.id)
        if len(self.facilitators) >= FACILITATORS_MAX:
            raise LimitReached(kind="facilitators of a group", most=FACILITATORS_MAX)
        self.record(
            Group.FacilitatorAppointed,
            act=act,
            participant_id=participant.id,
            mag_member=participant.holds(Role.MAG_MEMBER, act.occurred.begins),
        )

    def release(self, act: Act, participant_id: UUID) -> None:
        """Release a co-facilitator. Raises GroupHasConcluded, NotFound."""
        self.check_active()
        if participant_id not in self.facilitators:
            raise NotFound(kind="facilitator", id=str(participant_id))
        self.record(Group.FacilitatorReleased, act=act, participant_id=participant_id)

    def rename(self, act: Act, *, name: str, reason: str | None = None) -> None:
        """Give the group another name. Raises GroupHasConcluded, BadValue."""
        self.check_active()
        self.record(
            Group.Renamed,
            act=act,
            name=validated_name("name", name),
            reason=validated_optional_text("reason", reason),
        )

    def conclude(self, act: Act, *, reason: str | None = None) -> None:
        """End the group's work, once. Raises GroupHasConcluded, BadValue."""
        self.check_active()
        self.record(Group.Concluded, act=act, reason=validated_optional_text("reason", reason))

    def check_active(self) -> None:
        """Check that the group has not concluded. Raises GroupHasConcluded."""
        if self.concluded:
            raise GroupHasConcluded(group=self.id)
