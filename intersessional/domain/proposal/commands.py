"""What can be asked of the record about proposals."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.cycle.cycle import GroupKind
from intersessional.domain.kernel.command import Command
from intersessional.domain.participant.participant import Region, StakeholderGroup


@dataclass(frozen=True, kw_only=True)
class MootProposal(Command):
    """Put a proposal forward orally, before it is written (DOMAIN row 10)."""

    TOPIC = "proposal.moot"

    year: int
    """The year of the cycle."""
    group_kind: GroupKind
    """The kind of group it is for: a BPF or the CENB."""
    title: str
    """What is proposed."""
    theme: str | None = None
    """The key of the theme that it takes up, if it takes up one."""
    is_new: bool = True
    """Whether its group did not exist in the year before."""
    year_reported: int | None = None
    """Which year of work on its theme it is for, as its source says: 1 is the first."""
    phase: int | None = None
    """Which phase of a continuing initiative it is for: 1 is the first."""
    meeting: UUID | None = None
    """The meeting at which it was put forward, by its id."""


@dataclass(frozen=True, kw_only=True)
class NamedCoFacilitator:
    """A co-facilitator as named in a proposal."""

    name: str
    """Their name."""
    mag_member: bool
    """Whether they are a member of the MAG."""


@dataclass(frozen=True, kw_only=True)
class NamedOrganisation:
    """An organisation as named in a proposal."""

    name: str
    """Its name."""
    stakeholder_group: StakeholderGroup | None = None
    """The part of the community that it belongs to."""
    region: Region | None = None
    """The regional group that it belongs to."""


@dataclass(frozen=True, kw_only=True)
class WrittenProposal:
    """The template, filled in."""

    co_facilitators: tuple[NamedCoFacilitator, ...] = ()
    """Who is to lead the work: at least two, one of them a member of the MAG."""
    relationship_to_governance: str | None = None
    """How it relates to multistakeholder discussions on Internet governance."""
    relevance_to_communities: str | None = None
    """Its relevance for the different stakeholder communities."""
    topics: str | None = None
    """The topics covered."""
    objectives: str | None = None
    """The proposed objectives."""
    focus: str | None = None
    """The focus."""
    outreach_plan: str | None = None
    """The plan for outreach."""
    anticipated_engagement: str | None = None
    """The engagement anticipated from each part of the community."""
    further_outreach: str | None = None
    """What is intended to attract further involvement."""
    organisations: tuple[NamedOrganisation, ...] = ()
    """The organisations that signalled their desire to participate."""


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
    group_kind: GroupKind = GroupKind.BPF
    """The kind of group a new one is for: a BPF or the CENB."""
    title: str | None = None
    """What is proposed; only a new one needs it."""
    theme: str | None = None
    """The key of the theme that a new one takes up, if it takes up one."""
    is_new: bool = True
    """Whether its group did not exist in the year before."""
    year_reported: int | None = None
    """Which year of work on its theme it is for, as its source says: 1 is the first."""
    phase: int | None = None
    """Which phase of a continuing initiative it is for: 1 is the first."""


@dataclass(frozen=True, kw_only=True)
class ReviseProposal(Command):
    """Replace a written proposal by a revision."""

    TOPIC = "proposal.revise"

    proposal: UUID
    """The proposal, by its id."""
    written: WrittenProposal
    """The template, filled in anew."""


@dataclass(frozen=True, kw_only=True)
class WithdrawProposal(Command):
    """Withdraw a proposal."""

    TOPIC = "proposal.withdraw"

    proposal: UUID
    """The proposal, by its id."""
    reason: str | None = None
    """Why it is withdrawn."""
