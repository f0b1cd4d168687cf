"""What the result of an operation depends on."""

from dataclasses import dataclass, field

CORRECTIONS = "corrections"
"""The name that stands among the views for the corrections that were read from the log."""


@dataclass(slots=True)
class Dependencies:
    """The views that an operation has read, and whether every new event may change its result."""

    views: set[str] = field(default_factory=set[str])
    any_event: bool = False
