"""The head of the log."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LogHead:
    """The last position of the log and the Merkle frontier over all of it."""

    position: int
    recorded_at: datetime | None
    frontier: tuple[bytes, ...]
