"""What the summary of a meeting states."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedSubject:
    """A subject of the record that a summary states, and which of its events."""

    stream: UUID
    """The subject, by its id."""
    version: int | None = None
    """The version that the event gave it; null where the summary states the subject as such."""
