"""States of a modality."""

from enum import Enum


class ModalityState(Enum):
    """The state of a modality of a group."""

    PROPOSED = "PROPOSED"
    """Proposed, and not adopted."""
    ADOPTED = "ADOPTED"
    """In force."""
    REPLACED = "REPLACED"
    """Another modality took its place."""
