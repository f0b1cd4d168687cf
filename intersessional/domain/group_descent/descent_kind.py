"""How a group comes from an earlier one."""

from enum import Enum


class DescentKind(Enum):
    """How a group comes from an earlier one (DOMAIN A7)."""

    CONTINUES = "CONTINUES"
    """It continues the work of a group of an earlier year."""
    MERGED_FROM = "MERGED_FROM"
    """The earlier group was merged into it, with others."""
    SPLIT_FROM = "SPLIT_FROM"
    """It took over a part of the work of the earlier group."""
