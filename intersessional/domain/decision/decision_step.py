"""The steps in the life of a decision that is proposed before it is taken (DOMAIN A3)."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.decision.announcement import OBJECTIONS_MAX, Announcement
from intersessional.domain.decision.decision import Decision, is_after
from intersessional.domain.decision.decision_method import DecisionMethod
from intersessional.domain.decision.decision_outcome import Outcome
from intersessional.domain.decision.decision_state import OPEN_STATES, DecisionState
from intersessional.domain.decision.objection import Objection
from intersessional.domain.decision.refusals import (
    DecisionSettled,
    ObjectionPeriodOpen,
    ObjectionPeriodOver,
    ObjectionsOpen,
)
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.numbers import bounded_int
from intersessional.domain.kernel.refusals import AlreadyRecorded, BadValue, LimitReached, NotFound
from intersessional.domain.kernel.texts import validated_optional_name, validated_optional_text

OBJECTIONS_OF_DECISION_MAX = 200
"""Objections to one decision, each of a person or of a number of people."""


@dataclass(frozen=True)
class DecisionStep:
    """A step in the life of a decision.

    Every method raises DecisionSettled where the decision is in no state to take the step from.
    """

    decision: Decision
    act: Act

    def object(
        self,
        *,
        id: UUID,
        participant: UUID | None,
        name: str | None,
        number: int | None,
        reasons: str | None,
    ) -> None:
        """Object to what is proposed, as one person or as a number of people (DOMAIN row 48).

        Raises BadValue, ObjectionPeriodOver, AlreadyRecorded, LimitReached.
        """
        if (participant, name, number).count(None) != 2:
            problem = "give the participant, or else the name, or else the number of people."
            raise BadValue(field="participant", problem=problem)
        then = self._open()
        until = then.objections_until
        if until is not None and self.act.occurred.begins >= until and not self._historical:
            raise ObjectionPeriodOver(until=until)
        if len(self.decision.made) >= OBJECTIONS_OF_DECISION_MAX:
            raise LimitReached(kind="objections to a decision", most=OBJECTIONS_OF_DECISION_MAX)
        for one in then.standing:
            if participant is not None and one.person == participant:
                raise AlreadyRecorded(kind="objection", id=one.id)
        self.decision.record(
            Decision.Objected,
            act=self.act,
            cycle_id=self.decision.cycle_id,
            objection_id=id,
            participant_id=participant,
            name=validated_optional_name("name", name),
            number=bounded_int("number", 1 if number is None else number, 1, OBJECTIONS_MAX),
            reasons=validated_optional_text("reasons", reasons),
        )

    def objection(self, id: UUID) -> Objection:
        """An objection that stands at the time of the act. Raises NotFound."""
        for one in self._open().standing:
            if one.id == id:
                return one
        raise NotFound(kind="objection", id=str(id))

    def withdraw_objection(self, id: UUID, *, reasons: str | None) -> None:
        """Withdraw an objection that stands. Raises NotFound, BadValue."""
        self.decision.record(
            Decision.ObjectionWithdrawn,
            act=self.act,
            cycle_id=self.decision.cycle_id,
            objection_id=self.objection(id).id,
            reasons=validated_optional_text("reasons", reasons),
        )

    def check_takeable(self, method: DecisionMethod | None) -> None:
        """Check that the period is over, and that nobody objects where nobody must.

        Raises ObjectionPeriodOpen, ObjectionsOpen.
        """
        then = self._still_open()
        until = then.objections_until
        if until is not None and self.act.occurred.begins < until and not self._historical:
            raise ObjectionPeriodOpen(until=until)
        if method is DecisionMethod.NO_OBJECTION and then.objectors:
            raise ObjectionsOpen(objections=then.objectors)

    def take(self, announcement: Announcement, outcomes: tuple[Outcome, ...]) -> None:
        """Take what was proposed, after its outcomes (DOMAIN rows 8, 27, 34, 48).

        Raises what ``check_takeable`` and the announcement raise.
        """
        self.check_takeable(announcement.method)
        announcement.check(self.act, outcomes)
        given, objectors = announcement.objections, self._still_open().objectors
        if given is not None and given < objectors:
            raise BadValue(field="objections", problem=f"{objectors} are on record.")
        self.decision.record(
            Decision.Taken,
            act=self.act,
            assessment_id=announcement.assessment_id,
            objections=objectors or None if given is None else given,
            outcomes=outcomes,
            **announcement.occasion,
        )

    def tells_objections(self, announcement: Announcement) -> bool:
        """Whether it is on record who or how many objected, as the method needs (DOMAIN row 48)."""
        return announcement.tells_objections or bool(self.decision.made)

    def block(self, *, reason: str | None) -> None:
        """Let what was proposed not be taken. Raises BadValue."""
        then = self._still_open()
        if not (then.standing or reason or self._historical):
            raise BadValue(field="reason", problem="nobody objects: give the reason.")
        self._record(Decision.Blocked, reason)

    def supersede(self, *, by: Decision, reason: str | None) -> None:
        """Let another decision take its place. Raises BadValue."""
        self._check_follows(by)
        if self.decision.state is not DecisionState.TAKEN:
            raise DecisionSettled(state=self.decision.state)
        self._record(Decision.Superseded, reason, by=by.id)

    def annul(self, *, by: Decision | None, reason: str | None) -> None:
        """Declare it void, by another decision. Raises BadValue."""
        self._check_follows(by)
        if self.decision.state not in (DecisionState.TAKEN, DecisionState.SUPERSEDED):
            raise DecisionSettled(state=self.decision.state)
        self._record(Decision.Annulled, reason, by=None if by is None else by.id)

    def _record(self, event: type[Decision.Event], reason: str | None, **data: UUID | None) -> None:
        self.decision.record(
            event,
            act=self.act,
            cycle_id=self.decision.cycle_id,
            reason=validated_optional_text("reason", reason),
            **data,
        )

    def _open(self) -> Decision:
        """The decision at the time of the act, which is open then."""
        then = self.decision.at(self.act.occurred)
        if then.state not in OPEN_STATES:
            raise DecisionSettled(state=then.state)
        return then

    def _still_open(self) -> Decision:
        """The decision at the time of the act, which is open then and was not settled later."""
        if self.decision.state not in OPEN_STATES:
            raise DecisionSettled(state=self.decision.state)
        return self._open()

    def _check_follows(self, by: Decision | None) -> None:
        """Check that the other decision is in force, and that this one was taken before."""
        if by is None:
            return
        if by.id == self.decision.id:
            raise BadValue(field="by", problem="it is the same decision.")
        taken = by.check_in_force(self.act.occurred, "by")
        if self.decision.taken is not None and is_after(self.decision.taken, taken):
            raise BadValue(field="by", problem="it was taken before this one.")

    @property
    def _historical(self) -> bool:
        return self.act.provenance.historical
