"""How a group comes from what was before it."""

from enum import Enum

from intersessional.domain.group_descent.descent_kind import DescentKind


class LineageKind(Enum):
    """How a group comes from what was before it."""

    CONTINUES = "CONTINUES"
    """It continues the work of a group of an earlier year."""
    MERGED_FROM = "MERGED_FROM"
    """The earlier group, or the proposal, was merged into it with others."""
    SPLIT_FROM = "SPLIT_FROM"
    """It took over a part of the work of the earlier group."""
    REDIRECTED_TO = "REDIRECTED_TO"
    """The proposal was redirected to it."""

    @classmethod
    def of(cls, kind: DescentKind) -> "LineageKind":
        """The kind of a descent that was recorded."""
        return cls(kind.value)
