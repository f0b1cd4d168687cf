"""Methods of decisions."""

from enum import Enum


class DecisionMethod(Enum):
    """How the MAG reached a decision (DOMAIN row 48)."""

    ROUGH_CONSENSUS = "ROUGH_CONSENSUS"
    """By rough consensus."""
    NO_OBJECTION = "NO_OBJECTION"
    """Without an objection."""
    VOTE = "VOTE"
    """By a vote."""
