"""A proposal template as its proposer filled it in."""

from dataclasses import dataclass

from intersessional.domain.participant.participant import Region, StakeholderGroup


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
    """The stakeholder group that it belongs to."""
    region: Region | None = None
    """The regional group that it belongs to."""


@dataclass(frozen=True, kw_only=True)
class WrittenProposal:
    """The template, filled in."""

    co_facilitators: tuple[NamedCoFacilitator, ...] = ()
    """The co-facilitators: at least two, one of them a member of the MAG."""
    relationship_to_governance: str | None = None
    """The relationship to multistakeholder discussions on Internet governance."""
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
    """The plan to attract further involvement."""
    organisations: tuple[NamedOrganisation, ...] = ()
    """The organisations that signalled their desire to participate."""
