"""Which state of the record a reader asks for."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class AsOf:
    """Everything recorded up to ``position``; with ``occurred``, what of it had happened by then.

    An event whose period was still running at ``occurred`` is uncertain then, and left out.
    """

    position: int
    occurred: datetime | None = None
