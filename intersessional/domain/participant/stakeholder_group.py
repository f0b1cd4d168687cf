"""The stakeholder groups from which people speak."""

from enum import Enum


class StakeholderGroup(Enum):
    """The stakeholder group of a person or an organisation (DOMAIN A1)."""

    GOVERNMENT = "GOVERNMENT"
    """Governments."""
    INTERGOVERNMENTAL_ORGANIZATION = "INTERGOVERNMENTAL_ORGANIZATION"
    """Intergovernmental organizations."""
    CIVIL_SOCIETY = "CIVIL_SOCIETY"
    """Civil society."""
    TECHNICAL_COMMUNITY = "TECHNICAL_COMMUNITY"
    """The technical community."""
    PRIVATE_SECTOR = "PRIVATE_SECTOR"
    """The private sector."""
