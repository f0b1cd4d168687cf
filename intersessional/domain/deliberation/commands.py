"""Command about deliberations."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.command_handling.command import Command
from intersessional.domain.deliberation.deliberation_channel import DeliberationChannel


@dataclass(frozen=True, kw_only=True)
class OpenDeliberation(Command):
    """Open the deliberation on a proposal, on a list or in a call (DOMAIN row 11)."""

    TOPIC = "deliberation.open"

    proposal: UUID
    """The proposal, by its id."""
    channel: DeliberationChannel
    """Where the MAG deliberates."""
    meeting: UUID | None = None
    """The meeting at which it deliberates, by its id."""
    source: str | None = None
    """Where it can be read: a URL of a list's archive, a report. At most 20,000 bytes in UTF-8."""
