"""Refusals about decisions."""

from datetime import datetime

from intersessional.domain.decision.decision_state import DecisionState
from intersessional.domain.kernel.refusals import Refused


class RationaleRequired(Refused):
    """A selection or a policy needs a rationale (DOMAIN rows 8, 34, 37)."""

    code = "RATIONALE_REQUIRED"
    sentence = "A decision that selects proposals or sets a policy needs a rationale."


class AssessmentRequired(Refused):
    """A selection needs the Secretariat's assessment of resources (DOMAIN row 34)."""

    code = "ASSESSMENT_REQUIRED"
    sentence = (
        "A selection names the Secretariat's assessment of resources; this cycle has {assessments}."
    )
    assessments: int
    """How many assessments the cycle has."""


class MeetingRequired(Refused):
    """A decision is taken at a meeting of the cycle or on the mailing list (DOMAIN row 1)."""

    code = "MEETING_REQUIRED"
    sentence = "A decision is taken at a meeting of the cycle, or on the list."


class DecisionRequired(Refused):
    """The MAG decides this, and the command names no decision of it (DOMAIN rows 8, 27)."""

    code = "DECISION_REQUIRED"
    sentence = "The MAG decides this; record its decision, or name it."


class DecisionSettled(Refused):
    """The decision is in a state from which this step cannot be taken (DOMAIN A3)."""

    code = "DECISION_SETTLED"
    sentence = "The decision is {state}; this cannot be done any more, or not yet."
    state: DecisionState
    """The state of the decision."""


class ObjectionPeriodOpen(Refused):
    """Objections to the proposed decision can still be made (DOMAIN row 48)."""

    code = "OBJECTION_PERIOD_OPEN"
    sentence = "Objections can be made until {until}; it can be taken after that."
    until: datetime
    """The instant at which the period ends."""


class ObjectionPeriodOver(Refused):
    """The period in which objections were asked for is over (DOMAIN row 48)."""

    code = "OBJECTION_PERIOD_OVER"
    sentence = "Objections could be made until {until}."
    until: datetime
    """The instant at which the period ended."""


class ObjectionsOpen(Refused):
    """A decision without objection cannot be taken while somebody objects (DOMAIN row 48)."""

    code = "OBJECTIONS_OPEN"
    sentence = "{objections} object to it, so it cannot be taken without objection."
    objections: int
    """How many people object."""
