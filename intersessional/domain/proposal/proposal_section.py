"""The written parts of a proposal, as the record holds them."""

from collections.abc import Sequence
from dataclasses import dataclass

from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.ids import PersonId
from intersessional.domain.kernel.sealed import Erasable, Sealed
from intersessional.domain.participant.region import Region
from intersessional.domain.participant.stakeholder_group import StakeholderGroup

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
    """Someone named to lead the group's work: a participant by their id, or else by their name.

    ``mag_member`` is what is claimed of someone who is no participant; None where nothing is. A
    participant's name and role follow from the record.
    """

    name: Erasable | None
    mag_member: bool | None
    participant_id: PersonId | None


@dataclass(frozen=True)
class Organisation:
    """An organisation that signalled its desire to participate."""

    name: Erasable
    stakeholder_group: StakeholderGroup | None
    region: Region | None


@dataclass(frozen=True)
class ProposalRevision:
    """What a written proposal held, and the act that recorded it."""

    act: Act
    sections: tuple[ProposalSection, ...]
    co_facilitators: tuple[CoFacilitator, ...]
    organisations: tuple[Organisation, ...]

    @property
    def texts(self) -> Sequence[Sealed]:
        """Every text of it."""
        people = (one.name for one in self.co_facilitators if one.name is not None)
        organisations = (one.name for one in self.organisations)
        return [*(one.text for one in self.sections), *people, *organisations]
