"""Sealed texts: free text and personal data that can be erased."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sealed:
    """Free text or personal data: the event holds a commitment, an opening holds the text.

    A new event has the ``value``. An event from the log has the commitment (``sealed``, hex)
    instead; the text is in the openings until it is erased.
    """

    value: str | None = None
    sealed: str | None = None
