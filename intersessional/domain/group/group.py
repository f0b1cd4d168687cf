"""An intersessional group: a Best Practice Forum, the CENB, a working group and their like."""

from uuid import UUID

from intersessional.domain.cycle.cycle import GroupKind
from intersessional.domain.occurred import Occurred
from intersessional.domain.sealed import Sealed
from intersessional.domain.subject import First, Subject
from intersessional.domain.told import Told


class Group(Subject):
    """A group of a cycle. Its identity is its id; its name is time-bounded (DOMAIN row 49)."""

    TOPIC = "group"

    cycle_id: UUID
    year: int
    kind: GroupKind
    facilitators: tuple[UUID, ...] = ()
    concluded: bool = False
    told: Told | None = None
    """Which event told that it was established."""

    class Established(First):
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
            aggregate.told = Told.by(self)

    class FacilitatorAppointed(Subject.Event):
        """Someone became a co-facilitator of the group."""

        TOPIC = "group.facilitator_appointed.v1"
        participant_id: UUID
        mag_member: bool

        def apply(self, aggregate: "Group") -> None:
            aggregate.facilitators = (*aggregate.facilitators, self.participant_id)

    class FacilitatorReleased(Subject.Event):
        """Someone ceased to be a co-facilitator of the group."""

        TOPIC = "group.facilitator_released.v1"
        participant_id: UUID

        def apply(self, aggregate: "Group") -> None:
            aggregate.facilitators = tuple(
                person for person in aggregate.facilitators if person != self.participant_id
            )

    class Renamed(Subject.Event):
        """The group took another name."""

        TOPIC = "group.renamed.v1"
        name: Sealed
        reason: Sealed | None

    class MeetingScheduled(Subject.Event):
        """The group called a meeting of its own."""

        TOPIC = "group.meeting_scheduled.v1"
        held: Occurred
        label: Sealed

    class Concluded(Subject.Event):
        """The group's work ended."""

        TOPIC = "group.concluded.v1"
        reason: Sealed | None

        def apply(self, aggregate: "Group") -> None:
            aggregate.concluded = True
