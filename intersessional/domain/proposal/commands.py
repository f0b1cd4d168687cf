"""Commands about proposals."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.command_handling.command import Command
from intersessional.domain.proposal.written_proposal import WrittenProposal


@dataclass(frozen=True, kw_only=True)
class MootProposal(Command):
    """Put a proposal forward orally, before it is written (DOMAIN row 10)."""

    TOPIC = "proposal.moot"

    year: int
    """The year of the cycle."""
    group_kind: str
    """The key of the kind of group it is for, one that is proposed."""
    title: str
    """The title; at most 300 bytes in UTF-8."""
    theme: str | None = None
    """The key of the theme that it takes up, if it takes up one."""
    is_new: bool | None = None
    """Whether its group did not exist in the year before; by default true, null for an import."""
    year_reported: int | None = None
    """The year of work on its theme according to its source; 1 is the first."""
    phase: int | None = None
    """The phase of a continuing initiative; 1 is the first."""
    meeting: UUID | None = None
    """The meeting at which it was put forward, by its id."""
    presenter: UUID | None = None
    """The participant who presented it there, by their id."""


@dataclass(frozen=True, kw_only=True)
class SubmitProposal(Command):
    """Submit a proposal in writing: one mooted before, or a new one with its title."""

    TOPIC = "proposal.submit"

    year: int
    """The year of the cycle."""
    written: WrittenProposal
    """The template, filled in."""
    proposal: UUID | None = None
    """The proposal mooted before, by its id; none for a new one."""
    group_kind: str = "BPF"
    """The key of the kind of group a new one is for, one that is proposed."""
    title: str | None = None
    """The title; required for a new proposal. At most 300 bytes in UTF-8."""
    theme: str | None = None
    """The key of the theme that it takes up, unless it has one already."""
    is_new: bool | None = None
    """Whether its group did not exist in the year before; by default true, null for an import."""
    year_reported: int | None = None
    """The year of work on its theme according to its source; 1 is the first."""
    phase: int | None = None
    """The phase of a continuing initiative; 1 is the first."""


@dataclass(frozen=True, kw_only=True)
class ReviseProposal(Command):
    """Revise a written proposal."""

    TOPIC = "proposal.revise"

    proposal: UUID
    """The proposal, by its id."""
    written: WrittenProposal
    """The revised template, filled in."""


@dataclass(frozen=True, kw_only=True)
class PresentProposal(Command):
    """Record that a proposal was presented at a meeting (DOMAIN row 10)."""

    TOPIC = "proposal.present"

    proposal: UUID
    """The proposal, by its id."""
    meeting: UUID
    """The meeting, by its id."""
    presenter: UUID | None = None
    """The participant who presented it, by their id."""


@dataclass(frozen=True, kw_only=True)
class GiveTheme(Command):
    """Name the theme that a proposal takes up, after it was put forward without one."""

    TOPIC = "proposal.give_theme"

    proposal: UUID
    """The proposal, by its id."""
    theme: str
    """The key of the theme."""


@dataclass(frozen=True, kw_only=True)
class ConsentToRevision(Command):
    """Consent, as a proposer, that another member of the MAG writes and revises the proposal.

    The Secretariat may record the consent of a ``proposer``, with its source.
    """

    TOPIC = "proposal.consent_to_revision"

    proposal: UUID
    """The proposal, by its id."""
    member: UUID
    """The member who may write and revise it, by their participant id."""
    proposer: UUID | None = None
    """The proposer who consented, by their participant id; the sender by default."""
    source: str | None = None
    """Where the consent was given, for one that the Secretariat records: a URL, a mail, a call. At
    most 20,000 bytes in UTF-8.
    """


@dataclass(frozen=True, kw_only=True)
class SplitPart:
    """One of the proposals that a proposal is split into."""

    title: str
    """Its title; at most 300 bytes in UTF-8."""
    theme: str | None = None
    """The key of the theme that it takes up, if it takes up one."""


@dataclass(frozen=True, kw_only=True)
class SplitProposal(Command):
    """Split a proposal into several, each of which is mooted and then written (DOMAIN row 13)."""

    TOPIC = "proposal.split"

    proposal: UUID
    """The proposal, by its id."""
    parts: tuple[SplitPart, ...]
    """What it is split into: two parts or more."""
    reason: str | None = None
    """The reason; at most 20,000 bytes in UTF-8."""


@dataclass(frozen=True, kw_only=True)
class WithdrawProposal(Command):
    """Withdraw a proposal."""

    TOPIC = "proposal.withdraw"

    proposal: UUID
    """The proposal, by its id."""
    reason: str | None = None
    """The reason; at most 20,000 bytes in UTF-8."""
