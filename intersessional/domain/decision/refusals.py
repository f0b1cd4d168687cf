"""Refusals about decisions."""

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
