"""Commands about outreach."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.command_handling.command import Command
from intersessional.domain.kernel.occurred import Occurred


@dataclass(frozen=True, kw_only=True)
class LogOutreach(Command):
    """Log that the work or an output was taken to others (DOMAIN rows 26, 41)."""

    TOPIC = "outreach.log"

    year: int
    """The year of the cycle."""
    group: UUID | None = None
    """The group of whose work it was, by its id; null for the work of the year."""
    participant: UUID | None = None
    """Who did it, by their participant id; the sender by default."""
    audience: str
    """Who was addressed; at most 300 bytes in UTF-8."""
    forum: str
    """Where: an event, a list, a website; at most 300 bytes in UTF-8."""
    took_place: Occurred
    """When it took place: an instant, a day or a longer time."""
    draft: UUID | None = None
    """The output that was spread, by its id."""
    text: str | None = None
    """What was said, or where it is found; at most 20,000 bytes in UTF-8."""
