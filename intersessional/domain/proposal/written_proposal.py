"""A written proposal as its proposer filled it in."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.participant.region import Region
from intersessional.domain.participant.stakeholder_group import StakeholderGroup


@dataclass(frozen=True, kw_only=True)
class NamedCoFacilitator:
    """A co-facilitator as named in a proposal."""

    name: str | None = None
    """Their name; at most 300 bytes in UTF-8. For a participant, the record's is taken."""
    mag_member: bool | None = None
    """Whether they are a member of the MAG, where known; for a participant the record decides."""
    participant: UUID | None = None
    """Their participant id, where they are in the record."""


@dataclass(frozen=True, kw_only=True)
class NamedOrganisation:
    """An organisation as named in a proposal."""

    name: str
    """Its name; at most 300 bytes in UTF-8."""
    stakeholder_group: StakeholderGroup | None = None
    """The stakeholder group that it belongs to."""
    region: Region | None = None
    """The regional group that it belongs to."""


@dataclass(frozen=True, kw_only=True)
class WrittenSection:
    """The text under one part of the template."""

    key: str
    """The key of the part."""
    text: str
    """The text; at most 20,000 bytes in UTF-8."""


@dataclass(frozen=True, kw_only=True)
class WrittenProposal:
    """The template, filled in."""

    sections: tuple[WrittenSection, ...] = ()
    """The text under each part that the template in force asks for."""
    co_facilitators: tuple[NamedCoFacilitator, ...] = ()
    """The co-facilitators: at least two, one of them a member of the MAG."""
    organisations: tuple[NamedOrganisation, ...] = ()
    """The organisations that signalled their desire to participate."""
