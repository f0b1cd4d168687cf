"""The states of an agenda."""

from enum import Enum


class AgendaState(Enum):
    """How far an agenda is known and agreed on."""

    OPEN = "OPEN"
    """Items are on it; it was not circulated as a whole."""
    SET = "SET"
    """It was circulated."""
    ADOPTED = "ADOPTED"
    """The meeting adopted it."""
    NOT_IN_SOURCES = "NOT_IN_SOURCES"
    """A source names it, and no source has it."""
