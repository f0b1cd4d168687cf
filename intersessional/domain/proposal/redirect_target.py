"""The formats that a proposal can be redirected to."""

from enum import Enum


class RedirectTarget(Enum):
    """The format that a proposal is redirected to (DOMAIN row 12)."""

    DYNAMIC_COALITION = "DYNAMIC_COALITION"
    """A Dynamic Coalition."""
    NRI = "NRI"
    """A national, regional or youth IGF initiative."""
    WORKSHOP = "WORKSHOP"
    """A workshop at the annual meeting."""
    OPEN_FORUM = "OPEN_FORUM"
    """An open forum at the annual meeting."""
    WORKING_GROUP = "WORKING_GROUP"
    """A working group of the MAG."""
    OTHER = "OTHER"
    """Something else."""
