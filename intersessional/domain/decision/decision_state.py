"""The states of a decision (DOMAIN A3)."""

from enum import Enum


class DecisionState(Enum):
    """The state of a decision; what was taken at once was never only proposed."""

    PROPOSED = "PROPOSED"
    """It is proposed, without a period in which objections are asked for."""
    OBJECTION_PERIOD = "OBJECTION_PERIOD"
    """It is proposed, and objections are asked for until an instant. It is neither taken nor
    blocked yet, also when that instant has passed.
    """
    TAKEN = "TAKEN"
    """It was taken, with its outcomes."""
    BLOCKED = "BLOCKED"
    """It was proposed and is not taken: objections stand, or it was given up."""
    SUPERSEDED = "SUPERSEDED"
    """Another decision took its place; what it brought about stays until something changes it."""
    ANNULLED = "ANNULLED"
    """Another decision declared it void; what it brought about stays until something changes it."""


OPEN_STATES = (DecisionState.PROPOSED, DecisionState.OBJECTION_PERIOD)
"""The states of a decision that is neither taken nor blocked."""
TAKEN_STATES = (DecisionState.TAKEN, DecisionState.SUPERSEDED, DecisionState.ANNULLED)
"""The states of a decision that was taken once."""
