"""The written parts of a proposal, as the record holds them."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.kernel.sealed import Erasable
from intersessional.domain.participant.participant import Region, StakeholderGroup

CO_FACILITATORS_MIN = 2
CO_FACILITATORS_MAX = 20
ORGANISATIONS_MAX = 200


@dataclass(frozen=True)
class ProposalSection:
    """The text under one part of the template, by the part's key."""

    key: str
    text: Erasable


@dataclass(frozen=True)
class CoFacilitator:
    """Someone named to lead the group's work, with their participant id where it is known."""

    name: Erasable
    mag_member: bool
    participant_id: UUID | None


@dataclass(frozen=True)
class Organisation:
    """An organisation that signalled its desire to participate."""

    name: Erasable
    stakeholder_group: StakeholderGroup | None
    region: Region | None
