"""A cycle: one IGF year, its groups, and the number that its resources can support."""

from dataclasses import dataclass
from datetime import date
from typing import Self
from uuid import UUID

from intersessional.domain.cycle.proposal_deadline import ProposalDeadline
from intersessional.domain.cycle.refusals import CapExceeded
from intersessional.domain.kernel.act import Act, Ground
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.event_ref import EventRef
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.kernel.numbers import FIRST_IGF, LAST_YEAR, bounded_int
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Permanent
from intersessional.domain.kernel.texts import validated_optional_text
from intersessional.domain.kernel.time_zones import validated_optional_time_zone
from intersessional.domain.kernel.timeline import Timeline
from intersessional.domain.policy.rules_over_time import RulesOverTime

CAPACITY_MAX = 1_000
"""Groups that an assessment of resources can allow."""


@dataclass(frozen=True)
class Admission:
    """A group that the cycle has admitted, and the policy under whose cap it counts."""

    group: UUID
    kind: str
    capped_by: str | None
    occurred: Occurred


class Cycle(Aggregate):
    """One IGF year."""

    TOPIC = "cycle"

    year: int
    act: Act
    admissions: tuple[Admission, ...] = ()
    assessments: tuple[UUID, ...] = ()
    deadlines: Timeline[ProposalDeadline] = Timeline()

    class Opened(CreatedEvent):
        """The work of an IGF year began."""

        TOPIC = "cycle.opened.v1"
        IS_MILESTONE = True
        year: int

    class ProposalDeadlineSet(Aggregate.Event):
        """The last day for written proposals was set."""

        TOPIC = "cycle.proposal_deadline_set.v1"
        due_on: date
        time_zone: str | None
        meeting_id: UUID | None
        decision_id: UUID | None

        def check_values(self) -> None:
            ProposalDeadline(self.due_on, self.time_zone).check()

        def apply(self, aggregate: "Cycle") -> None:
            deadline = ProposalDeadline(self.due_on, self.time_zone)
            aggregate.deadlines = aggregate.deadlines.with_value(EventRef.to(self), deadline)

    class ProposalsDueBefore(Aggregate.Event):
        """Written proposals became due before a meeting of the MAG; its day may not be known."""

        TOPIC = "cycle.proposals_due_before.v1"
        meeting_id: UUID
        decision_id: UUID | None

        def apply(self, aggregate: "Cycle") -> None:
            deadline = ProposalDeadline(None)
            aggregate.deadlines = aggregate.deadlines.with_value(EventRef.to(self), deadline)

    class ResourcesAssessed(Aggregate.Event):
        """The Secretariat assessed how many groups the year's resources can carry."""

        TOPIC = "cycle.resources_assessed.v1"
        assessment_id: UUID
        capacity: int
        note: Permanent | None

        def check_values(self) -> None:
            Cycle.check_capacity(self.capacity)

        def apply(self, aggregate: "Cycle") -> None:
            aggregate.assessments = (*aggregate.assessments, self.assessment_id)

    class GroupAdmitted(Aggregate.Event):
        """A decision admitted a group to the cycle."""

        TOPIC = "cycle.group_admitted.v1"
        group_id: UUID
        kind: str
        capped_by: str | None
        decision_id: UUID | None
        proposal_id: UUID | None

        def apply(self, aggregate: "Cycle") -> None:
            admission = Admission(self.group_id, self.kind, self.capped_by, self.act.occurred)
            aggregate.admissions = (*aggregate.admissions, admission)

    @classmethod
    def open(cls, act: Act, year: int) -> Self:
        """Open the cycle of a year. Raises BadValue."""
        year = bounded_int("year", year, FIRST_IGF, LAST_YEAR)
        return cls.create(cls.Opened, id=cycle_id(year), act=act, year=year)

    def set_proposal_deadline(
        self,
        act: Act,
        deadline: ProposalDeadline,
        *,
        meeting_id: UUID | None = None,
        decision_id: UUID | None = None,
    ) -> None:
        """Set or move the last day for written proposals (DOMAIN row 33). Raises BadValue."""
        deadline.check()
        self.record(
            Cycle.ProposalDeadlineSet,
            act=act,
            due_on=deadline.due_on,
            time_zone=validated_optional_time_zone("time_zone", deadline.time_zone),
            meeting_id=meeting_id,
            decision_id=decision_id,
        )

    def set_deadline_before(self, act: Act, *, meeting_id: UUID, decision_id: UUID | None) -> None:
        """Let written proposals be due before a meeting (DOMAIN rows 9, 33)."""
        self.record(
            Cycle.ProposalsDueBefore, act=act, meeting_id=meeting_id, decision_id=decision_id
        )

    def assess(
        self, act: Act, *, assessment_id: UUID, capacity: int, note: str | None = None
    ) -> None:
        """State how many groups the resources can support (DOMAIN row 34). Raises BadValue."""
        self.check_capacity(capacity)
        self.record(
            Cycle.ResourcesAssessed,
            act=act,
            assessment_id=assessment_id,
            capacity=capacity,
            note=validated_optional_text("note", note),
        )

    def admit(
        self,
        act: Act,
        *,
        group_id: UUID,
        kind: str,
        capped_by: str | None = None,
        caps: RulesOverTime | None = None,
        decision_id: UUID | None = None,
        proposal_id: UUID | None = None,
    ) -> None:
        """Admit a group, within the cap on its kind (DOMAIN row 8). Raises CapExceeded."""
        self.check_cap(act, capped_by, caps)
        self.record(
            Cycle.GroupAdmitted,
            act=act,
            group_id=group_id,
            kind=kind,
            capped_by=capped_by,
            decision_id=decision_id,
            proposal_id=proposal_id,
        )

    @staticmethod
    def check_capacity(capacity: int) -> None:
        """Check the number of groups that an assessment allows. Raises BadValue."""
        bounded_int("capacity", capacity, 0, CAPACITY_MAX)

    def check_cap(self, act: Act, capped_by: str | None, caps: RulesOverTime | None) -> None:
        """Check that one more group is within the cap of a policy from the time of the act on.

        It is checked at that time, and at each later one at which the record has an admission or
        another cap, so that a time in the past opens no further place. Raises CapExceeded.
        """
        if capped_by is None or caps is None:
            return
        times = [one.occurred for one in self.admissions if one.capped_by == capped_by]
        later = [at for at in (*times, *caps.times) if at.effect > act.occurred.effect]
        for at in (act.occurred, *sorted(later, key=lambda at: at.effect)):
            rule = caps.at(at)
            cap = None if rule is None else rule.value.number
            approved = sum(time.effect <= at.effect for time in times)
            if cap is not None and approved >= cap:
                raise CapExceeded(policy=capped_by, cap=cap, approved=approved)

    @property
    def is_illustration(self) -> bool:
        """Whether the cycle is an illustration, not history."""
        return self.act.provenance.ground is Ground.ILLUSTRATION

    def count_admitted(self, capped_by: str) -> int:
        """The number of groups that the cycle has admitted under the cap of a policy."""
        return sum(admission.capped_by == capped_by for admission in self.admissions)
