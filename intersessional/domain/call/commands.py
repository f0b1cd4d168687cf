"""Commands about calls."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.command_handling.command import Command
from intersessional.domain.kernel.occurred import Occurred


@dataclass(frozen=True, kw_only=True)
class LaunchCall(Command):
    """Launch a call, such as that for issues or one for volunteers (DOMAIN row 3)."""

    TOPIC = "call.launch"

    year: int
    """The year of the cycle."""
    of: str
    """The key of what is called for: ``issues``, ``workshops``, ``volunteers`` or another of
    lower-case letters, digits, dots and hyphens.
    """
    title: str
    """The title of the call; at most 300 bytes in UTF-8."""
    text: str | None = None
    """The words of the call; at most 20,000 bytes in UTF-8."""
    group: UUID | None = None
    """The group whose work it is for, by its id; null for a call of the MAG."""
    opens: Occurred | None = None
    """When it opens; when it is launched by default."""
    closes: Occurred | None = None
    """When it closes: a day is its last day; null where no end is known."""
    time_zone: str | None = None
    """The IANA time zone in which its days begin and end; UTC by default."""


@dataclass(frozen=True, kw_only=True)
class MoveCall(Command):
    """Extend a call, set it to another time, or tell its time more exactly."""

    TOPIC = "call.move"

    call: UUID
    """The call, by its id."""
    opens: Occurred | None = None
    """When it opens now; null if that stays."""
    closes: Occurred | None = None
    """When it closes now; null if that stays."""
    time_zone: str | None = None
    """The IANA time zone in which its days begin and end; null if it stays."""
    reason: str | None = None
    """The reason; required unless the new time lies within the one that is known. At most 20,000
    bytes in UTF-8.
    """


@dataclass(frozen=True, kw_only=True)
class CloseCall(Command):
    """Close a call, before its last day or where it has none."""

    TOPIC = "call.close"

    call: UUID
    """The call, by its id."""
    reason: str | None = None
    """The reason; at most 20,000 bytes in UTF-8."""
