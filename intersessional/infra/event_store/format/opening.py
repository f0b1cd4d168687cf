"""Openings: the texts behind commitments."""

from dataclasses import dataclass, field

HASH_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A sealed text with its salt, stored beside the log; the only content that can be erased."""

    commitment: bytes
    salt: bytes = field(repr=False)
    value: bytes = field(repr=False)
    """Canonical JSON of the sealed value."""

    def __post_init__(self) -> None:
        if len(self.commitment) != HASH_BYTES or len(self.salt) != HASH_BYTES:
            raise ValueError("a commitment and its salt are 32 bytes each")
