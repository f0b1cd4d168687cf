"""What can be asked of the record about proposals."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.command import Command
from intersessional.domain.cycle.cycle import GroupKind
from intersessional.domain.participant.participant import Region, StakeholderGroup


@dataclass(frozen=True, kw_only=True)
class MootProposal(Command):
    """Put a proposal forward orally, before it is written (DOMAIN row 10)."""

    year: int
    group_kind: GroupKind
    title: str
    theme: str | None = None
    is_new: bool = True
    year_reported: int | None = None
    phase: int | None = None
    meeting: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class NamedCoFacilitator:
    """A co-facilitator as named in a proposal."""

    name: str
    mag_member: bool


@dataclass(frozen=True, kw_only=True)
class NamedOrganisation:
    """An organisation as named in a proposal."""

    name: str
    stakeholder_group: StakeholderGroup | None = None
    region: Region | None = None


@dataclass(frozen=True, kw_only=True)
class WrittenProposal:
    """The template, filled in."""

    co_facilitators: tuple[NamedCoFacilitator, ...] = ()
    relationship_to_governance: str | None = None
    relevance_to_communities: str | None = None
    topics: str | None = None
    objectives: str | None = None
    focus: str | None = None
    outreach_plan: str | None = None
    anticipated_engagement: str | None = None
    further_outreach: str | None = None
    organisations: tuple[NamedOrganisation, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SubmitProposal(Command):
    """Submit a proposal in writing: one mooted before, or a new one with its title."""

    year: int
    written: WrittenProposal
    proposal: UUID | None = None
    group_kind: GroupKind = GroupKind.BPF
    title: str | None = None
    theme: str | None = None
    is_new: bool = True
    year_reported: int | None = None


@dataclass(frozen=True, kw_only=True)
class ReviseProposal(Command):
    """Replace a written proposal by a revision."""

    proposal: UUID
    written: WrittenProposal


@dataclass(frozen=True, kw_only=True)
class WithdrawProposal(Command):
    """Withdraw a proposal."""

    proposal: UUID
    reason: str | None = None
