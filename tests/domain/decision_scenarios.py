"""Scenarios of a decision that is proposed, objected to and taken."""

from datetime import timedelta
from typing import Any

from intersessional.domain.decision.commands import OutcomeChoice
from intersessional.domain.decision.decision_method import DecisionMethod
from intersessional.domain.decision.steps.commands import (
    ObjectToDecision,
    ProposeDecision,
    TakeDecision,
    WithdrawObjection,
)
from tests.domain.actors import (
    CHAIR,
    MEMBER,
    id_of,
)
from tests.domain.given_when_then import NOW
from tests.domain.scenarios import CYCLE, MEETING, cap, decide

UNTIL = NOW + timedelta(days=8)
LATER = UNTIL + timedelta(hours=1)


def propose(*outcomes: OutcomeChoice, **overrides: Any) -> ProposeDecision:
    fields: dict[str, Any] = {
        "year": 2018,
        "statement": "The cap becomes four.",
        "meeting": MEETING,
        "method": DecisionMethod.NO_OBJECTION,
        "rationale": "Four are ripe.",
        "objections_until": UNTIL,
    } | overrides
    return ProposeDecision(command_id=id_of("propose"), outcomes=outcomes, **fields)


DECISION = propose().derived_id
OBJECT = ObjectToDecision(command_id=id_of("object"), decision=DECISION, reasons="Too many.")
OBJECTION = OBJECT.derived_id
PROPOSED = (*CYCLE, CHAIR.sends(propose(cap(4))))
OBJECTED = (*PROPOSED, MEMBER.sends(OBJECT))


def take(*outcomes: OutcomeChoice, name: str = "take", **overrides: Any) -> TakeDecision:
    fields: dict[str, Any] = {"method": DecisionMethod.NO_OBJECTION, "on_list": True} | overrides
    return TakeDecision(
        command_id=id_of(name), decision=DECISION, outcomes=outcomes or (cap(4),), **fields
    )


def withdraw() -> WithdrawObjection:
    return WithdrawObjection(command_id=id_of("w"), decision=DECISION, objection=OBJECTION)


TAKEN = (*PROPOSED, CHAIR.sends(take(), now=LATER))
OTHER = decide("other", rationale=None, assessment=None, meeting=None, on_list=True)
BOTH = (*TAKEN, CHAIR.sends(OTHER, now=LATER + timedelta(hours=1)))
AFTER = LATER + timedelta(hours=2)
