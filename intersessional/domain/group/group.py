"""An intersessional group: a Best Practice Forum, the CENB, a working group and their like."""

from uuid import UUID

from intersessional.domain.cycle.cycle import GroupKind
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.event_ref import EventRef
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed


class Group(Aggregate):
    """A group of a cycle. Its identity is its id; its name is time-bounded (DOMAIN row 49)."""

    TOPIC = "group"

    cycle_id: UUID
    year: int
    kind: GroupKind
    facilitators: tuple[UUID, ...] = ()
    concluded: bool = False
    told: EventRef | None = None
    """Which event told that it was established."""

    class Established(CreatedEvent):
        """A decision established the group, from a proposal where there was one."""

        TOPIC = "group.established.v1"
        cycle_id: UUID
        year: int
        kind: GroupKind
        name: Sealed
        decision_id: UUID
        proposal_id: UUID | None
        merged_from: tuple[UUID, ...]

        def apply(self, aggregate: "Group") -> None:
            aggregate.told = EventRef.by(self)

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
        name: Sealed
        reason: Sealed | None

    class MeetingScheduled(Aggregate.Event):
        """The group called a meeting of its own."""

        TOPIC = "group.meeting_scheduled.v1"
        held: Occurred
        label: Sealed

    class Concluded(Aggregate.Event):
        """The group's work ended."""

        TOPIC = "group.concluded.v1"
        reason: Sealed | None

        def apply(self, aggregate: "Group") -> None:
            aggregate.concluded = True
