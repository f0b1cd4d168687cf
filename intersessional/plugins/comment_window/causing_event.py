"""Events because of which windows change."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class CausingEvent:
    """The event because of which a window changed: its stream and its version there."""

    stream: UUID
    version: int
