"""Commands about the modalities of a group (DOMAIN row 25)."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.command_handling.command import Command


@dataclass(frozen=True, kw_only=True)
class ProposeModality(Command):
    """Propose how a group works, openly, at a meeting of the group or on its list."""

    TOPIC = "modality.propose"

    group: UUID
    """The group, by its id."""
    modality: str
    """How it is to work; at most 20,000 bytes in UTF-8."""
    meeting: UUID | None = None
    """The meeting of the group at which it was proposed, by its id; null for its list."""


@dataclass(frozen=True, kw_only=True)
class SupportModality(Command):
    """Support a modality that is proposed, as a member of the group."""

    TOPIC = "modality.support"

    modality: UUID
    """The modality, by its id."""
    membership: UUID
    """The sender's membership in the group, by its id."""


@dataclass(frozen=True, kw_only=True)
class AdoptModality(Command):
    """Adopt a modality that was proposed, with support that is counted or without objection."""

    TOPIC = "modality.adopt"

    modality: UUID
    """The modality, by its id."""
    support: int | None = None
    """How many supported it at the meeting or on the list, beside those who did so here."""
    without_objection: bool = False
    """Whether nobody objected."""
    meeting: UUID | None = None
    """The meeting of the group at which it was adopted, by its id; required of the Secretariat."""
    evidence: str | None = None
    """Where that is seen: what was said, or an address in an archive. At most 20,000 bytes."""
    replaces: UUID | None = None
    """The modality in force that it replaces, by its id."""
