"""A decision of the MAG: recorded once with its outcomes, never edited."""

from datetime import datetime
from enum import Enum
from typing import Self
from uuid import UUID

from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.decision.decision_outcome import DecisionKind, Outcome, decision_kinds
from intersessional.domain.decision.refusals import (
    AssessmentRequired,
    MeetingRequired,
    RationaleRequired,
)
from intersessional.domain.kernel.act import Act, Ground, Role
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.numbers import optional_bounded_int
from intersessional.domain.kernel.refusals import BadValue, RoleRequired
from intersessional.domain.kernel.sealed import Permanent, Sealed
from intersessional.domain.kernel.texts import validated_text
from intersessional.domain.participant.participant import Participant

OBJECTIONS_MAX = 1_000


class DecisionMethod(Enum):
    """How the MAG reached a decision (DOMAIN row 48)."""

    ROUGH_CONSENSUS = "ROUGH_CONSENSUS"
    """By rough consensus."""
    NO_OBJECTION = "NO_OBJECTION"
    """Without an objection."""
    VOTE = "VOTE"
    """By a vote."""


class Decision(Aggregate):
    """A decision of the MAG."""

    TOPIC = "decision"

    cycle_id: UUID | None
    year: int | None
    outcomes: tuple[Outcome, ...]
    act: Act

    class Recorded(CreatedEvent):
        """The MAG decided something; everything it brought about was recorded with it."""

        TOPIC = "decision.recorded.v1"
        IS_MILESTONE = True
        cycle_id: UUID | None
        year: int | None
        meeting_id: UUID | None
        on_list: bool | None
        method: DecisionMethod | None
        announced_by: UUID | None
        statement: Permanent
        rationale: Permanent | None
        assessment_id: UUID | None
        objections: int | None
        outcomes: tuple[Outcome, ...]

    @staticmethod
    def check_occasion(
        act: Act, cycle: Cycle, meeting_id: UUID | None, *, on_list: bool | None
    ) -> None:
        """Check that the cycle is decided on, at a meeting or on the list; history may lack both.

        Raises BadValue, MeetingRequired.
        """
        if act.provenance.ground is Ground.ILLUSTRATION and not cycle.is_illustration:
            problem = "a decision in a real cycle cannot be an illustration."
            raise BadValue(field="provenance.ground", problem=problem)
        if meeting_id is not None and on_list:
            raise BadValue(field="on_list", problem="it was taken at a meeting.")
        if meeting_id is None and not (on_list or act.provenance.historical):
            raise MeetingRequired

    @staticmethod
    def check_announcer(act: Act, announced_by: Participant | None) -> None:
        """Check that a chair of that time announced it; history may lack one.

        Raises RoleRequired.
        """
        if announced_by is None and act.provenance.historical:
            return
        at: datetime | None = act.occurred.begins
        if announced_by is not None:
            historical = act.provenance.historical
            at = announced_by.lacks(Role.MAG_CHAIR, act.occurred, historical=historical)
        if at is not None:
            raise RoleRequired(needed=(Role.MAG_CHAIR,), at=at)

    @classmethod
    def take(
        cls,
        act: Act,
        *,
        id: UUID,
        cycle: Cycle,
        statement: str,
        outcomes: tuple[Outcome, ...] = (),
        meeting_id: UUID | None = None,
        on_list: bool | None = None,
        method: DecisionMethod | None = None,
        announced_by: Participant | None = None,
        rationale: Sealed | None = None,
        assessment_id: UUID | None = None,
        objections: int | None = None,
    ) -> Self:
        """Record what the MAG decided, after its outcomes (DOMAIN rows 8, 27, 34).

        Raises MeetingRequired, RoleRequired, AssessmentRequired, RationaleRequired, BadValue.
        """
        cls.check_occasion(act, cycle, meeting_id, on_list=on_list)
        cls.check_announcer(act, announced_by)
        _check_grounds(act, cycle, outcomes, rationale, assessment_id)
        objections = optional_bounded_int("objections", objections, 0, OBJECTIONS_MAX)
        if method is DecisionMethod.NO_OBJECTION and objections:
            problem = "a decision without objection has none."
            raise BadValue(field="objections", problem=problem)
        if meeting_id is not None:
            on_list = False
        return cls.create(
            cls.Recorded,
            id=id,
            act=act,
            cycle_id=cycle.id,
            year=cycle.year,
            meeting_id=meeting_id,
            on_list=on_list,
            method=method,
            announced_by=None if announced_by is None else announced_by.id,
            statement=validated_text("statement", statement),
            rationale=rationale,
            assessment_id=assessment_id,
            objections=objections,
            outcomes=outcomes,
        )


def _check_grounds(
    act: Act,
    cycle: Cycle,
    outcomes: tuple[Outcome, ...],
    rationale: Sealed | None,
    assessment_id: UUID | None,
) -> None:
    """A selection or a policy gives a rationale, a selection names an assessment (rows 8, 34)."""
    assessments = len(cycle.assessments)
    if assessment_id is not None and assessment_id not in cycle.assessments:
        raise AssessmentRequired(assessments=assessments)
    if act.provenance.historical:
        return
    kinds = decision_kinds(outcomes)
    selects = DecisionKind.SELECTION in kinds
    if rationale is None and (selects or DecisionKind.POLICY in kinds):
        raise RationaleRequired
    if selects and assessment_id is None:
        raise AssessmentRequired(assessments=assessments)
