"""Which documents clients may send."""

from enum import StrEnum


class DocumentsMode(StrEnum):
    """Whether documents are executed that are not trusted."""

    OPEN = "open"
    """Any document."""
    AUTOMATIC = "automatic"
    """Any document; one that was sent before also by its hash (automatic persisted queries)."""
    ONLY = "only"
    """Trusted documents only."""
