"""What a group wishes for a cycle."""

from enum import Enum


class GroupWish(Enum):
    """What a group wishes for a cycle (DOMAIN rows 15 to 17)."""

    NEW = "NEW"
    """It is proposed, and wishes to be established."""
    CONTINUE = "CONTINUE"
    """It wishes to go on."""
    PASS_ON = "PASS_ON"
    """It wishes to pass into another body, which takes over its work."""
    CONCLUDE = "CONCLUDE"
    """It wishes to end its work."""
