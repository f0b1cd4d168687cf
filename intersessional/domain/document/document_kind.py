"""The kinds of document."""

from enum import Enum


class DocumentKind(Enum):
    """The kinds of document (DOMAIN A1)."""

    AGENDA = "AGENDA"
    """The agenda of a meeting."""
    BACKGROUND_NOTE = "BACKGROUND_NOTE"
    """A note on how something works, such as that on Best Practice Forums."""
    REPORT = "REPORT"
    """A report, such as the minutes of a meeting."""
    OUTLINE = "OUTLINE"
    """An outline, such as that of a programme of several years."""
    MAPPING = "MAPPING"
    """A mapping, such as that of recommendations."""
    MANDATE = "MANDATE"
    """What lays down, or examines, a mandate."""
    OTHER = "OTHER"
    """Another kind."""
    OUTPUT = "OUTPUT"
    """An output of a group, a draft or the final one, of which the record has no text."""
