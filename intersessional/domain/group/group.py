"""An intersessional group: a Best Practice Forum, the CENB, a working group and their like."""

from typing import Self
from uuid import UUID

from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.group.refusals import GroupHasConcluded, GroupNotEstablished
from intersessional.domain.group.reported_years import check_annual_meeting_years
from intersessional.domain.group.wish import GroupWish
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, Belongs, CreatedEvent
from intersessional.domain.kernel.body import Body
from intersessional.domain.kernel.event_ref import EventRef
from intersessional.domain.kernel.ids import PersonId
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import OutOfTime
from intersessional.domain.kernel.sealed import Erasable, Permanent
from intersessional.domain.kernel.texts import validated_name
from intersessional.domain.proposal.proposal import Proposal


class Group(Aggregate):
    """A group, of one cycle, several or none: its id is its identity (DOMAIN row 49)."""

    TOPIC = "group"
    BELONGS = Belongs.TO_A_BODY

    cycle_id: UUID | None
    """The last cycle that it belongs to."""
    year: int | None
    kind: str
    proposal_id: UUID | None = None
    is_proposed: bool = False
    """Whether it is proposed, and no decision has established it."""
    cycle_ids: tuple[UUID, ...] = ()
    joined_by: tuple[EventRef, ...] = ()
    """The events by which it came to belong to each of these cycles."""
    facilitators: tuple[UUID, ...] = ()
    concluded: bool = False
    suspended: bool = False
    established_by: EventRef | None = None

    class Established(CreatedEvent):
        """The group was established: by a decision, from a proposal, or as sources tell."""

        TOPIC = "group.established.v1"
        cycle_id: UUID | None
        year: int | None
        kind: str
        name: Permanent
        decision_id: UUID | None
        proposal_id: UUID | None

        def apply(self, aggregate: "Group") -> None:
            aggregate.established_by = EventRef.to(self)
            aggregate.cycle_ids = () if self.cycle_id is None else (self.cycle_id,)
            aggregate.joined_by = () if self.cycle_id is None else (EventRef.to(self),)

    class Proposed(CreatedEvent):
        """The group was proposed for a cycle: it is a group once a decision establishes it."""

        TOPIC = "group.proposed.v1"
        cycle_id: UUID
        year: int
        kind: str
        name: Permanent
        remit: Permanent | None
        proposed_by: tuple[PersonId, ...]
        meeting_id: UUID | None

        def apply(self, aggregate: "Group") -> None:
            aggregate.cycle_id, aggregate.year, aggregate.is_proposed = None, None, True

    class Approved(Aggregate.Event):
        """A decision established the group that was proposed."""

        TOPIC = "group.approved.v1"
        cycle_id: UUID | None
        year: int | None
        kind: str
        name: Permanent
        decision_id: UUID

        def apply(self, aggregate: "Group") -> None:
            aggregate.is_proposed, aggregate.established_by = False, EventRef.to(self)
            if self.cycle_id is not None:
                aggregate.cycle_id, aggregate.year = self.cycle_id, self.year
                aggregate.cycle_ids = (*aggregate.cycle_ids, self.cycle_id)
                aggregate.joined_by = (*aggregate.joined_by, EventRef.to(self))

    class Renewed(Aggregate.Event):
        """A decision renewed the group for a further cycle."""

        TOPIC = "group.renewed.v1"
        cycle_id: UUID
        year: int
        kind: str
        decision_id: UUID

        def apply(self, aggregate: "Group") -> None:
            aggregate.cycle_ids = (*aggregate.cycle_ids, self.cycle_id)
            aggregate.joined_by = (*aggregate.joined_by, EventRef.to(self))
            if aggregate.year is None or aggregate.year < self.year:
                aggregate.cycle_id, aggregate.year = self.cycle_id, self.year

    class FacilitatorAppointed(Aggregate.Event):
        """Someone became a co-facilitator of the group."""

        TOPIC = "group.facilitator_appointed.v1"
        participant_id: PersonId
        decision_id: UUID | None

        def apply(self, aggregate: "Group") -> None:
            if self.participant_id not in aggregate.facilitators:
                aggregate.facilitators = (*aggregate.facilitators, self.participant_id)

    class FacilitatorReleased(Aggregate.Event):
        """Someone ceased to be a co-facilitator of the group."""

        TOPIC = "group.facilitator_released.v1"
        participant_id: PersonId
        decision_id: UUID | None

        def apply(self, aggregate: "Group") -> None:
            aggregate.facilitators = tuple(
                person for person in aggregate.facilitators if person != self.participant_id
            )

    class Renamed(Aggregate.Event):
        """The group took another name."""

        TOPIC = "group.renamed.v1"
        name: Permanent
        reason: Permanent | None
        decision_id: UUID | None

    class WishStated(Aggregate.Event):
        """It was stated what the group wishes for a cycle."""

        TOPIC = "group.wish_stated.v1"
        cycle_id: UUID
        year: int
        wish: GroupWish
        body: Body | None
        meeting_id: UUID | None
        words: Erasable | None

        def check_values(self) -> None:
            if self.body is not None:
                self.body.check("body")

    class DraftingTeamFormed(Aggregate.Event):
        """The group formed a drafting team, in place of an earlier one if it had one."""

        TOPIC = "group.drafting_team_formed.v1"
        members: tuple[PersonId, ...]
        task: Permanent | None

    class Reported(Aggregate.Event):
        """The group reported on its work in a cycle."""

        TOPIC = "group.reported.v1"
        report_id: UUID
        cycle_id: UUID
        year: int
        report: Erasable | None
        document_id: UUID | None
        meeting_id: UUID | None
        annual_meeting_years: tuple[int, ...] = ()

        def check_values(self) -> None:
            check_annual_meeting_years(self.annual_meeting_years)

    class Dissolved(Aggregate.Event):
        """A decision dissolved the group, and another body took over its work."""

        TOPIC = "group.dissolved.v1"
        absorbed_by: Body
        reason: Permanent | None
        decision_id: UUID | None

        def check_values(self) -> None:
            self.absorbed_by.check("absorbed_by")

        def apply(self, aggregate: "Group") -> None:
            aggregate.concluded = True

    class Suspended(Aggregate.Event):
        """The group's work was suspended: it rests until it is resumed."""

        TOPIC = "group.suspended.v1"
        reason: Permanent
        decision_id: UUID | None

        def apply(self, aggregate: "Group") -> None:
            aggregate.suspended = True

    class Resumed(Aggregate.Event):
        """The group's work was resumed."""

        TOPIC = "group.resumed.v1"
        reason: Permanent | None
        decision_id: UUID | None

        def apply(self, aggregate: "Group") -> None:
            aggregate.suspended = False

    class Concluded(Aggregate.Event):
        """The group's work ended."""

        TOPIC = "group.concluded.v1"
        reason: Permanent | None
        decision_id: UUID | None

        def apply(self, aggregate: "Group") -> None:
            aggregate.concluded = True

    @classmethod
    def establish(
        cls,
        act: Act,
        *,
        id: UUID,
        cycle: Cycle | None,
        kind: str,
        name: str,
        decision_id: UUID | None = None,
    ) -> Self:
        """Establish a group that no proposal is known of. Raises BadValue."""
        return cls.create(
            cls.Established,
            id=id,
            act=act,
            cycle_id=None if cycle is None else cycle.id,
            year=None if cycle is None else cycle.year,
            kind=kind,
            name=validated_name("name", name),
            decision_id=decision_id,
            proposal_id=None,
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
        )

    def joined(self, cycle_id: UUID) -> EventRef | None:
        """The event by which it came to belong to a cycle; None if it does not."""
        joined = dict(zip(self.cycle_ids, self.joined_by, strict=True))
        return joined.get(cycle_id)

    def check_active(self, occurred: Occurred) -> Self:
        """The group as of then, which must not have concluded. Raises GroupHasConcluded."""
        past = self.at(occurred)
        if past.concluded:
            raise GroupHasConcluded(group=self.id)
        return past

    def check_established(self, occurred: Occurred) -> None:
        """Check that a decision had established it by then. Raises GroupNotEstablished."""
        if self.at(occurred).is_proposed:
            raise GroupNotEstablished(group=self.id)

    def check_change(self, act: Act) -> Self:
        """The group as of an act that changes it; periods that overlap may be in either order.

        Raises GroupHasConcluded, OutOfTime.
        """
        if self.is_before_approval(act.occurred):
            problem = "the group was established later."
            raise OutOfTime(occurred=act.occurred.at, problem=problem)
        return self.check_active(act.occurred)

    def is_before_approval(self, occurred: Occurred) -> bool:
        """Whether something certainly occurred before the group was established."""
        if self.established_by is None:
            return False
        established = self.established_by.occurred
        return occurred.ends <= established.begins and occurred.effect < established.effect
