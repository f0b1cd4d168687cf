"""Whether a group wishes to go on."""

from enum import Enum


class ContinuationWish(Enum):
    """Whether a group wishes to go on in the next cycle (DOMAIN rows 7, 29)."""

    YES = "YES"
    """It wishes to go on."""
    NO = "NO"
    """It does not wish to go on."""
    SILENT = "SILENT"
    """It does not say."""
