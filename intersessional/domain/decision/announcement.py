"""The announcement of a decision: where, how, by whom and on what grounds it is taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.decision.decision_method import DecisionMethod
from intersessional.domain.decision.decision_outcome import DecisionKind, Outcome, decision_kinds
from intersessional.domain.decision.refusals import (
    AssessmentRequired,
    MeetingRequired,
    RationaleRequired,
)
from intersessional.domain.kernel.act import Act, Ground, Role
from intersessional.domain.kernel.numbers import optional_bounded_int
from intersessional.domain.kernel.refusals import BadValue, RoleRequired
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.participant.participant import Participant

OBJECTIONS_MAX = 1_000
BASIS_MAX = 20
"""Subjects of the record on which one decision rests."""


def check_objections(method: DecisionMethod | None, objections: int | None) -> None:
    """Check a number of objections; without objection means that nobody did. Raises BadValue."""
    optional_bounded_int("objections", objections, 0, OBJECTIONS_MAX)
    if method is DecisionMethod.NO_OBJECTION and objections:
        problem = "a decision without objection has none."
        raise BadValue(field="objections", problem=problem)


@dataclass(frozen=True, kw_only=True)
class Announcement:
    """Where, how, by whom and on what grounds a decision is taken, or proposed."""

    cycle: Cycle
    meeting_id: UUID | None = None
    on_list: bool | None = None
    method: DecisionMethod | None = None
    announced_by: Participant | None = None
    rationale: Sealed | None = None
    assessment_id: UUID | None = None
    objections: int | None = None
    basis: tuple[UUID, ...] = ()
    """The decisions, documents and sources that it rests on, by their ids."""

    def check_occasion(self, act: Act) -> None:
        """Check that the cycle is decided on, at a meeting or on the list; history may lack both.

        Raises BadValue, MeetingRequired.
        """
        if act.provenance.ground is Ground.ILLUSTRATION and not self.cycle.is_illustration:
            problem = "a decision in a real cycle cannot be an illustration."
            raise BadValue(field="provenance.ground", problem=problem)
        if self.meeting_id is not None and self.on_list:
            raise BadValue(field="on_list", problem="it was taken at a meeting.")
        if self.meeting_id is None and not (self.on_list or act.provenance.historical):
            raise MeetingRequired

    def check_announcer(self, act: Act) -> None:
        """Check that a chair of that time announced it; history may lack one.

        Raises RoleRequired.
        """
        announcer, historical = self.announced_by, act.provenance.historical
        if announcer is None and historical:
            return
        at: datetime | None = act.occurred.begins
        if announcer is not None:
            at = announcer.lacks(Role.MAG_CHAIR, act.occurred, historical=historical)
        if at is not None:
            raise RoleRequired(needed=(Role.MAG_CHAIR,), at=at)

    def check(self, act: Act, outcomes: Sequence[Outcome]) -> None:
        """Check it for a decision that is taken.

        Raises MeetingRequired, RoleRequired, AssessmentRequired, RationaleRequired, BadValue.
        """
        self.check_occasion(act)
        self.check_announcer(act)
        self.check_grounds(act, outcomes)
        self.check_objections()

    def check_grounds(self, act: Act, outcomes: Sequence[Outcome]) -> None:
        """Check that a selection or a policy has a rationale, a selection an assessment.

        DOMAIN rows 8, 34. History may lack both. Raises AssessmentRequired, RationaleRequired.
        """
        assessments = len(self.cycle.assessments)
        if self.assessment_id is not None and self.assessment_id not in self.cycle.assessments:
            raise AssessmentRequired(assessments=assessments)
        if act.provenance.historical:
            return
        kinds = decision_kinds(outcomes)
        selects = DecisionKind.SELECTION in kinds
        if self.rationale is None and (selects or DecisionKind.POLICY in kinds):
            raise RationaleRequired
        if selects and self.assessment_id is None:
            raise AssessmentRequired(assessments=assessments)

    def check_objections(self) -> None:
        """Check the number of objections. Raises BadValue."""
        check_objections(self.method, self.objections)

    @property
    def tells_objections(self) -> bool:
        """Whether it tells how many objected, if the method needs it (DOMAIN row 48)."""
        by_silence = self.method in (None, DecisionMethod.NO_OBJECTION)
        return by_silence or self.objections is not None

    @property
    def occasion(self) -> dict[str, Any]:
        """The fields of an event that say where, how and by whom."""
        return {
            "cycle_id": self.cycle.id,
            "year": self.cycle.year,
            "meeting_id": self.meeting_id,
            "on_list": self.on_list if self.meeting_id is None else False,
            "method": self.method,
            "announced_by": None if self.announced_by is None else self.announced_by.id,
            "rationale": self.rationale,
            "basis": self.basis,
        }
