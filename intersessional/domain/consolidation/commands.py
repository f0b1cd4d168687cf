"""Commands about consolidations."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.command_handling.command import Command


@dataclass(frozen=True, kw_only=True)
class SuggestConsolidation(Command):
    """Suggest to make one proposal out of several (DOMAIN row 13)."""

    TOPIC = "consolidation.suggest"

    proposals: tuple[UUID, ...]
    """The proposals, by their ids: two or more of one cycle."""
    title: str | None = None
    """The title that the one may have; at most 300 bytes in UTF-8."""
    rationale: str | None = None
    """The reasons; at most 20,000 bytes in UTF-8."""
    suggested_by: UUID | None = None
    """Who suggested it, by their participant id: the sender by default, unless the Secretariat
    records it; null where that is not known.
    """
    meeting: UUID | None = None
    """The meeting at which it was suggested, by its id."""


@dataclass(frozen=True, kw_only=True)
class ConsentToConsolidation(Command):
    """Consent, as a proposer, that a proposal becomes part of one with others.

    The Secretariat may record the consent of a ``proposer``, with its source.
    """

    TOPIC = "consolidation.consent"

    consolidation: UUID
    """The consolidation, by its id."""
    proposal: UUID
    """The proposal for which a proposer consents, by its id."""
    proposer: UUID | None = None
    """The proposer who consented, by their participant id; the sender by default."""
    source: str | None = None
    """Where the consent was given, for one that the Secretariat records: a URL, a mail, a call. At
    most 20,000 bytes in UTF-8.
    """
