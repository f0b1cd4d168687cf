"""Commands about nominations of co-facilitators."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.command_handling.command import Command
from intersessional.domain.proposal.written_proposal import NamedCoFacilitator


@dataclass(frozen=True, kw_only=True)
class NominateCoFacilitator(Command):
    """Nominate a co-facilitator for a proposal, beside those named in its text (DOMAIN row 43)."""

    TOPIC = "roster.nominate"

    proposal: UUID
    """The proposal, by its id."""
    person: NamedCoFacilitator
    """Who is nominated."""


@dataclass(frozen=True, kw_only=True)
class ConfirmCoFacilitator(Command):
    """Confirm one's own nomination; the Secretariat records that somebody did, with its source."""

    TOPIC = "roster.confirm"

    proposal: UUID
    """The proposal, by its id."""
    nomination: UUID
    """The nomination, by its id."""
    source: str | None = None
    """Where they confirmed it, where the Secretariat records it: a URL, a mail, a call. At most
    20,000 bytes in UTF-8.
    """


@dataclass(frozen=True, kw_only=True)
class ReplaceCoFacilitator(Command):
    """Nominate somebody in the place of a co-facilitator who was nominated."""

    TOPIC = "roster.replace"

    proposal: UUID
    """The proposal, by its id."""
    nomination: UUID
    """The nomination that is replaced, by its id."""
    person: NamedCoFacilitator
    """Who is nominated in their place."""
    reason: str | None = None
    """The reason; at most 20,000 bytes in UTF-8."""
