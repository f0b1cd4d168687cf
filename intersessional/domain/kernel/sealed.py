"""Free text and personal data, kept out of the immutable part of the record."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sealed:
    """Free text or personal data: the event holds a commitment, the text lies beside the log.

    Written with its ``value``; read back from the record with its commitment (``sealed``, hex)
    and no value, which the openings beside the log give until they are erased.
    """

    value: str | None = None
    sealed: str | None = None
