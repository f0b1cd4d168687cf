"""Why a sealed text cannot be read."""

from enum import Enum


class TextAbsence(Enum):
    """Why a text that was recorded cannot be read."""

    WITHDRAWN = "WITHDRAWN"
    """It is closed: nobody may read it."""
    ERASED = "ERASED"
    """It was erased."""
