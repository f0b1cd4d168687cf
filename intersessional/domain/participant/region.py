"""The regional groups from which people speak."""

from enum import Enum


class Region(Enum):
    """The United Nations regional group of a person or an organisation (DOMAIN A1, B1)."""

    AFRICAN = "AFRICAN"
    """The African Group."""
    ASIA_PACIFIC = "ASIA_PACIFIC"
    """The Asia and the Pacific Group."""
    EASTERN_EUROPEAN = "EASTERN_EUROPEAN"
    """The Eastern European Group."""
    GRULAC = "GRULAC"
    """The Latin American and Caribbean Group."""
    WEOG = "WEOG"
    """The Western European and Others Group."""
    INTERGOVERNMENTAL_ORGANIZATION = "INTERGOVERNMENTAL_ORGANIZATION"
    """No region: an intergovernmental organization."""
    OTHER = "OTHER"
    """None of these."""
