"""A cycle: one IGF year, the groups it admitted and what it can carry."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from uuid import UUID

from intersessional.domain.kernel.act import Act, Ground
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed


class GroupKind(Enum):
    """The kinds of intersessional group (DOMAIN A1)."""

    BPF = "BPF"
    """A Best Practice Forum."""
    CENB = "CENB"
    """Policy Options for Connecting and Enabling the Next Billion(s)."""
    DYNAMIC_COALITION = "DYNAMIC_COALITION"
    """A Dynamic Coalition."""
    NRI = "NRI"
    """A national, regional or youth IGF initiative."""
    WORKING_GROUP = "WORKING_GROUP"
    """A working group of the MAG."""
    AD_HOC = "AD_HOC"
    """A group for one occasion."""


@dataclass(frozen=True)
class Admission:
    """A group that the cycle has admitted."""

    group: UUID
    kind: GroupKind


class Cycle(Aggregate):
    """One IGF year."""

    TOPIC = "cycle"

    year: int
    act: Act
    admissions: tuple[Admission, ...] = ()
    assessments: tuple[UUID, ...] = ()
    proposals_due_on: date | None = None

    class Opened(CreatedEvent):
        """The work of an IGF year began."""

        TOPIC = "cycle.opened.v1"
        year: int

    class ProposalDeadlineSet(Aggregate.Event):
        """The last day for written proposals was set."""

        TOPIC = "cycle.proposal_deadline_set.v1"
        due_on: date

        def apply(self, aggregate: "Cycle") -> None:
            aggregate.proposals_due_on = self.due_on

    class ResourcesAssessed(Aggregate.Event):
        """The Secretariat assessed how many groups the year's resources can carry."""

        TOPIC = "cycle.resources_assessed.v1"
        assessment_id: UUID
        capacity: int
        note: Sealed | None

        def apply(self, aggregate: "Cycle") -> None:
            aggregate.assessments = (*aggregate.assessments, self.assessment_id)

    class GroupAdmitted(Aggregate.Event):
        """A decision admitted a group to the cycle."""

        TOPIC = "cycle.group_admitted.v1"
        group_id: UUID
        kind: GroupKind

        def apply(self, aggregate: "Cycle") -> None:
            aggregate.admissions = (*aggregate.admissions, Admission(self.group_id, self.kind))

    @property
    def illustrates(self) -> bool:
        """Whether it never was, and only illustrates what a cycle can be."""
        return self.act.provenance.ground is Ground.ILLUSTRATION

    def admitted(self, kind: GroupKind) -> int:
        """How many groups of a kind the cycle has admitted."""
        return sum(admission.kind is kind for admission in self.admissions)

    def past_deadline(self, occurred: Occurred) -> bool:
        """Whether this was after the last day for written proposals (DOMAIN row 9)."""
        return self.proposals_due_on is not None and occurred.begins.date() > self.proposals_due_on
