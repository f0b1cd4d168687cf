"""Command about the interest of organisations."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.command_handling.command import Command
from intersessional.domain.participant.region import Region
from intersessional.domain.participant.stakeholder_group import StakeholderGroup


@dataclass(frozen=True, kw_only=True)
class SignalInterest(Command):
    """Record that an organisation signalled its desire to take part, beside those named in the
    text of the proposal (DOMAIN row 46).
    """

    TOPIC = "interest.signal"

    proposal: UUID
    """The proposal, by its id."""
    name: str
    """The name of the organisation; at most 300 bytes in UTF-8."""
    stakeholder_group: StakeholderGroup | None = None
    """The stakeholder group that it belongs to."""
    region: Region | None = None
    """The regional group that it belongs to."""
    source: str | None = None
    """Where it signalled it: a URL, a mail, a call; required unless it is imported with a source.
    At most 20,000 bytes in UTF-8.
    """
