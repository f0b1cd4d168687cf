"""Refusals about policies."""

from intersessional.domain.kernel.refusals import Refused


class DecisionRequired(Refused):
    """The MAG decides this, and the command names no decision of it (DOMAIN rows 8, 27)."""

    code = "DECISION_REQUIRED"
    sentence = "The MAG decides this; record its decision, or name it."
