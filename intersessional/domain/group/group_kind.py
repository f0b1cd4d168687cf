"""The kinds of intersessional group."""

from enum import Enum


class GroupKind(Enum):
    """The kinds of intersessional group (DOMAIN A1)."""

    BPF = "BPF"
    """A Best Practice Forum."""
    CENB = "CENB"
    """Policy Options for Connecting and Enabling the Next Billion(s)."""
    DYNAMIC_COALITION = "DYNAMIC_COALITION"
    """A Dynamic Coalition."""
    NRI = "NRI"
    """A national, regional or youth IGF initiative."""
    WORKING_GROUP = "WORKING_GROUP"
    """A working group of the MAG."""
    AD_HOC = "AD_HOC"
    """A group for one occasion."""


PROPOSED_KINDS = (GroupKind.BPF, GroupKind.CENB)
"""The kinds whose groups are established from proposals (DOMAIN A1)."""
