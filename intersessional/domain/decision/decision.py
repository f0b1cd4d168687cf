"""A decision of the MAG: proposed and then taken, or recorded at once; never edited."""

from collections.abc import Sequence
from datetime import datetime
from typing import Self
from uuid import UUID

from intersessional.domain.decision.announcement import (
    OBJECTIONS_MAX,
    Announcement,
    check_objections,
)
from intersessional.domain.decision.decision_method import DecisionMethod
from intersessional.domain.decision.decision_outcome import Outcome
from intersessional.domain.decision.decision_state import DecisionState
from intersessional.domain.decision.intended_outcome import IntendedOutcome
from intersessional.domain.decision.objection import Objection
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, Belongs, CreatedEvent
from intersessional.domain.kernel.ids import PersonId
from intersessional.domain.kernel.numbers import bounded_int
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.sealed import Erasable, Permanent, Sealed
from intersessional.domain.kernel.texts import validated_text


class Decision(Aggregate):
    """A decision of the MAG (DOMAIN A3)."""

    TOPIC = "decision"
    BELONGS = Belongs.TO_A_BODY

    cycle_id: UUID | None
    year: int | None
    rationale: Sealed | None = None
    basis: tuple[UUID, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    intended: tuple[IntendedOutcome, ...] = ()
    objections_until: datetime | None = None
    state: DecisionState = DecisionState.PROPOSED
    taken: Occurred | None = None
    """When it was taken; None while it is not."""
    made: tuple[Objection, ...] = ()
    """The objections that were made."""
    withdrawn: tuple[UUID, ...] = ()
    """The objections that were withdrawn."""

    class Recorded(CreatedEvent):
        """The MAG decided something; everything it brought about was recorded with it."""

        TOPIC = "decision.recorded.v1"
        FIXED = ("outcomes",)
        IS_MILESTONE = True
        cycle_id: UUID | None
        year: int | None
        meeting_id: UUID | None
        on_list: bool | None
        method: DecisionMethod | None
        announced_by: PersonId | None
        statement: Permanent
        rationale: Permanent | None
        assessment_id: UUID | None
        objections: int | None
        outcomes: tuple[Outcome, ...]
        basis: tuple[UUID, ...] = ()

        def check_values(self) -> None:
            check_objections(self.method, self.objections)

        def apply(self, aggregate: "Decision") -> None:
            aggregate.state, aggregate.taken = DecisionState.TAKEN, self.act.occurred

    class Proposed(CreatedEvent):
        """A decision was proposed to the MAG; nothing follows from it before it is taken."""

        TOPIC = "decision.proposed.v1"
        FIXED = ("intended",)
        IS_MILESTONE = True
        cycle_id: UUID | None
        year: int | None
        meeting_id: UUID | None
        on_list: bool | None
        method: DecisionMethod | None
        announced_by: PersonId | None
        statement: Permanent
        rationale: Permanent | None
        objections_until: datetime | None
        intended: tuple[IntendedOutcome, ...]
        basis: tuple[UUID, ...]

        def apply(self, aggregate: "Decision") -> None:
            if self.objections_until is not None:
                aggregate.state = DecisionState.OBJECTION_PERIOD

    class Objected(Aggregate.Event):
        """Somebody objected to the proposed decision, or as many as a source tells."""

        TOPIC = "decision.objected.v1"
        cycle_id: UUID | None
        objection_id: UUID
        participant_id: PersonId | None
        name: Erasable | None
        number: int
        reasons: Erasable | None

        def check_values(self) -> None:
            bounded_int("number", self.number, 1, OBJECTIONS_MAX)

        def apply(self, aggregate: "Decision") -> None:
            made = Objection(self.objection_id, self.participant_id, self.number, self.act)
            aggregate.made = (*aggregate.made, made)

    class ObjectionWithdrawn(Aggregate.Event):
        """An objection to the proposed decision was withdrawn; that it was made stays on record."""

        TOPIC = "decision.objection_withdrawn.v1"
        cycle_id: UUID | None
        objection_id: UUID
        reasons: Erasable | None

        def apply(self, aggregate: "Decision") -> None:
            aggregate.withdrawn = (*aggregate.withdrawn, self.objection_id)

    class Taken(Aggregate.Event):
        """The MAG took the proposed decision; what it brought about was recorded with it."""

        TOPIC = "decision.taken.v1"
        FIXED = ("outcomes",)
        IS_MILESTONE = True
        cycle_id: UUID | None
        year: int | None
        meeting_id: UUID | None
        on_list: bool | None
        method: DecisionMethod | None
        announced_by: PersonId | None
        rationale: Permanent | None
        assessment_id: UUID | None
        objections: int | None
        outcomes: tuple[Outcome, ...]
        basis: tuple[UUID, ...]

        def check_values(self) -> None:
            check_objections(self.method, self.objections)

        def apply(self, aggregate: "Decision") -> None:
            aggregate.state, aggregate.taken = DecisionState.TAKEN, self.act.occurred
            aggregate.outcomes = self.outcomes

    class Blocked(Aggregate.Event):
        """The proposed decision is not taken: objections to it stand, or it was given up."""

        TOPIC = "decision.blocked.v1"
        IS_MILESTONE = True
        cycle_id: UUID | None
        reason: Permanent | None

        def apply(self, aggregate: "Decision") -> None:
            aggregate.state = DecisionState.BLOCKED

    class Superseded(Aggregate.Event):
        """Another decision took the place of this one; what this one brought about stays until
        something changes it.
        """

        TOPIC = "decision.superseded.v1"
        IS_MILESTONE = True
        cycle_id: UUID | None
        by: UUID
        reason: Permanent | None

        def apply(self, aggregate: "Decision") -> None:
            if aggregate.state is not DecisionState.ANNULLED:
                aggregate.state = DecisionState.SUPERSEDED

    class Annulled(Aggregate.Event):
        """Another decision declared this one void; what this one brought about stays until
        something changes it.
        """

        TOPIC = "decision.annulled.v1"
        IS_MILESTONE = True
        cycle_id: UUID | None
        by: UUID | None
        reason: Permanent | None

        def apply(self, aggregate: "Decision") -> None:
            aggregate.state = DecisionState.ANNULLED

    @classmethod
    def take(
        cls,
        act: Act,
        announcement: Announcement,
        *,
        id: UUID,
        statement: str,
        outcomes: tuple[Outcome, ...] = (),
    ) -> Self:
        """Record what the MAG decided at once, after its outcomes (DOMAIN rows 8, 27, 34).

        Raises MeetingRequired, RoleRequired, AssessmentRequired, RationaleRequired, BadValue.
        """
        announcement.check(act, outcomes)
        return cls.create(
            cls.Recorded,
            id=id,
            act=act,
            statement=validated_text("statement", statement),
            outcomes=outcomes,
            objections=announcement.objections,
            assessment_id=announcement.assessment_id,
            **announcement.occasion,
        )

    @classmethod
    def propose(
        cls,
        act: Act,
        announcement: Announcement,
        *,
        id: UUID,
        statement: str,
        objections_until: datetime | None = None,
        intended: tuple[IntendedOutcome, ...] = (),
    ) -> Self:
        """Propose a decision. Raises MeetingRequired, RoleRequired, BadValue."""
        announcement.check_occasion(act)
        announcement.check_announcer(act)
        if objections_until is not None and objections_until <= act.occurred.begins:
            raise BadValue(field="objections_until", problem="it is not after the proposal.")
        return cls.create(
            cls.Proposed,
            id=id,
            act=act,
            statement=validated_text("statement", statement),
            objections_until=objections_until,
            intended=intended,
            **announcement.occasion,
        )

    @property
    def own_cycle(self) -> UUID:
        """The cycle in which it was proposed. Raises BadValue where a source gives none."""
        if self.cycle_id is None:
            raise BadValue(field="decision", problem="it belongs to no cycle.")
        return self.cycle_id

    @property
    def standing(self) -> Sequence[Objection]:
        """The objections that were not withdrawn."""
        return [one for one in self.made if one.id not in self.withdrawn]

    @property
    def objectors(self) -> int:
        """How many people object."""
        return sum(one.number for one in self.standing)

    def check_in_force(self, occurred: Occurred, field: str = "decision") -> Occurred:
        """When it was taken: by then, and not superseded or annulled before. Raises BadValue."""
        if self.taken is None:
            raise BadValue(field=field, problem="it is not taken.")
        if is_after(self.taken, occurred):
            raise BadValue(field=field, problem="it was taken later.")
        if self.at(occurred).state in (DecisionState.SUPERSEDED, DecisionState.ANNULLED):
            raise BadValue(field=field, problem="it was superseded or annulled before.")
        return self.taken


def is_after(one: Occurred, other: Occurred) -> bool:
    """Whether one certainly occurred after the other."""
    return one.begins >= other.ends and one.effect > other.effect
