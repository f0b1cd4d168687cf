"""Channels and attributions of comments (DOMAIN row 39)."""

from dataclasses import dataclass
from enum import Enum

from intersessional.domain.kernel.sealed import Erasable
from intersessional.domain.participant.region import Region
from intersessional.domain.participant.stakeholder_group import StakeholderGroup


class Channel(Enum):
    """How a comment was submitted (DOMAIN row 39)."""

    ONLINE = "ONLINE"
    """Written here by its author."""
    IN_SESSION = "IN_SESSION"
    """Spoken in a session."""
    EMAIL = "EMAIL"
    """Sent by e-mail."""
    MAILING_LIST = "MAILING_LIST"
    """Written on a mailing list."""


@dataclass(frozen=True)
class Attribution:
    """The speaker and the source of a comment made elsewhere (DOMAIN row 39)."""

    speaker: Erasable
    source: Erasable


@dataclass(frozen=True, kw_only=True)
class OriginalSpeaker:
    """The speaker and the source of a comment made elsewhere (DOMAIN row 39)."""

    speaker: str
    """The speaker's name; at most 300 bytes in UTF-8."""
    source: str
    """The source: a session's transcript, an e-mail, an address in an archive. At most 20,000
    bytes in UTF-8.
    """
    stakeholder_group: StakeholderGroup | None = None
    """Their stakeholder group."""
    region: Region | None = None
    """Their regional group."""
