"""What statistics are about: the dimensions, and their keys."""

from collections.abc import Mapping, Set
from enum import Enum

from intersessional.domain.participant.region import Region
from intersessional.domain.participant.stakeholder_group import StakeholderGroup

OTHER = "OTHER"
"""The key of whatever a dimension has no other key for."""


class Quantity(Enum):
    """What a source may count of the Forum as a whole."""

    DELEGATES = "DELEGATES"
    SESSIONS = "SESSIONS"
    COUNTRIES = "COUNTRIES"
    MAG_MEMBERS = "MAG_MEMBERS"
    RESPONSES = "RESPONSES"


class StatisticDimension(Enum):
    """What a statistic counts by (DOMAIN rows 17, 18)."""

    REGION = "REGION"
    """The regional group; its keys are the values of ``Region``."""
    STAKEHOLDER_GROUP = "STAKEHOLDER_GROUP"
    """The stakeholder group; its keys are the values of ``StakeholderGroup``, and ``OTHER``."""
    QUANTITY = "QUANTITY"
    """The quantity itself; its keys are those of ``Quantity``, which do not add up."""

    @property
    def keys(self) -> Set[str]:
        """The keys that rows of this dimension can have."""
        return _KEYS[self]

    @property
    def adds_up(self) -> bool:
        """Whether its rows are parts of one number, with a sum and a leader."""
        return self is not StatisticDimension.QUANTITY


_KEYS: Mapping[StatisticDimension, Set[str]] = {
    StatisticDimension.REGION: {one.value for one in Region},
    StatisticDimension.QUANTITY: {one.value for one in Quantity},
    StatisticDimension.STAKEHOLDER_GROUP: {OTHER, *(one.value for one in StakeholderGroup)},
}

KEYS_MAX = max(map(len, _KEYS.values()))
"""Rows that a statistic can have."""
