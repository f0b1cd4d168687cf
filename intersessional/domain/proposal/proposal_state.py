"""The states of a proposal."""

from enum import Enum


class ProposalState(Enum):
    """The state of a proposal (DOMAIN A3)."""

    MOOTED = "MOOTED"
    """Put forward orally, and not yet in writing."""
    SUBMITTED = "SUBMITTED"
    """Submitted in writing."""
    DEFERRED = "DEFERRED"
    """The decision was postponed."""
    APPROVED = "APPROVED"
    """Approved: its group is established."""
    DECLINED = "DECLINED"
    """Declined."""
    REDIRECTED = "REDIRECTED"
    """Redirected to another format."""
    MERGED = "MERGED"
    """Merged into another proposal."""
    SPLIT = "SPLIT"
    """Split into several."""
    WITHDRAWN = "WITHDRAWN"
    """Withdrawn before it was decided."""


UNDECIDED = frozenset({ProposalState.MOOTED, ProposalState.SUBMITTED, ProposalState.DEFERRED})
