"""Where the MAG deliberates."""

from enum import Enum


class DeliberationChannel(Enum):
    """The channel on which a proposal is deliberated (DOMAIN row 11)."""

    LIST = "LIST"
    """A mailing list."""
    CALL = "CALL"
    """A call or a meeting."""
