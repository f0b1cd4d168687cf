"""A state of the record."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class AsOf:
    """The events up to ``position``, and of those the ones that had happened by ``occurred``.

    An event whose period was still running at ``occurred`` is uncertain, and left out.
    """

    position: int
    occurred: datetime | None = None
