"""The proposal template's parts (DOMAIN rows 43 to 46, A4)."""

from dataclasses import dataclass

from intersessional.domain.kernel.sealed import Erasable, Permanent
from intersessional.domain.participant.participant import Region, StakeholderGroup

TEMPLATE_VERSION = 1
CO_FACILITATORS_MIN = 2
CO_FACILITATORS_MAX = 20
ORGANISATIONS_MAX = 200


@dataclass(frozen=True)
class CoFacilitator:
    """Someone named to lead the group's work."""

    name: Erasable
    mag_member: bool


@dataclass(frozen=True)
class Organisation:
    """An organisation that signalled its desire to participate."""

    name: Erasable
    stakeholder_group: StakeholderGroup | None
    region: Region | None


@dataclass(frozen=True)
class Template:
    """A written proposal, part by part; a part is absent only where no source has it."""

    co_facilitators: tuple[CoFacilitator, ...]
    relationship_to_governance: Permanent | None
    relevance_to_communities: Permanent | None
    topics: Permanent | None
    objectives: Permanent | None
    focus: Permanent | None
    outreach_plan: Permanent | None
    anticipated_engagement: Permanent | None
    further_outreach: Permanent | None
    organisations: tuple[Organisation, ...]
