"""What became of an item of an agenda."""

from enum import Enum


class AgendaItemState(Enum):
    """What became of an item of an agenda."""

    OPEN = "OPEN"
    """Nothing on record tells what became of it."""
    DONE = "DONE"
    """It was dealt with, and nothing of it was left."""
    CARRIED_OVER = "CARRIED_OVER"
    """An item of another meeting follows it up."""
