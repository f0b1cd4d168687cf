"""The stances that a statement can take."""

from enum import Enum


class Stance(Enum):
    """The stance that a statement takes on a proposal (DOMAIN row 11)."""

    SUPPORT = "SUPPORT"
    """For the proposal as it is."""
    SUPPORT_WITH_CHANGES = "SUPPORT_WITH_CHANGES"
    """For the proposal, once it is changed."""
    OPPOSITION = "OPPOSITION"
    """Against the proposal."""
    NEUTRAL = "NEUTRAL"
    """Neither for nor against it."""
