"""What is refused about comment windows."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from intersessional.domain.kernel.refusals import Refused


@dataclass(eq=False, kw_only=True)
class WindowNotScheduled(Refused):
    """The group has no comment window yet (DOMAIN row 36)."""

    code: ClassVar[str] = "WINDOW_NOT_SCHEDULED"
    group: UUID
    """The id of the group."""

    def __str__(self) -> str:
        return "There is no comment window yet: the annual meeting's days are not confirmed."


@dataclass(eq=False, kw_only=True)
class WindowNotOpen(Refused):
    """The comment was made before the comment window opens (DOMAIN row 36)."""

    code: ClassVar[str] = "WINDOW_NOT_OPEN"
    opens_at: datetime
    """The instant from which comments can be made."""
    closes_at: datetime
    """The instant from which they no longer can."""

    def __str__(self) -> str:
        return f"The comment window opens at {self.opens_at.isoformat()}."


@dataclass(eq=False, kw_only=True)
class WindowClosed(Refused):
    """The comment was made after the comment window had closed (DOMAIN row 36)."""

    code: ClassVar[str] = "WINDOW_CLOSED"
    opened_at: datetime
    """The instant from which comments could be made."""
    closed_at: datetime
    """The instant from which they no longer could."""

    def __str__(self) -> str:
        return f"The comment window closed at {self.closed_at.isoformat()}."


@dataclass(eq=False, kw_only=True)
class NothingToTurn(Refused):
    """The window has neither opened nor closed since that was last recorded."""

    code: ClassVar[str] = "NOTHING_TO_TURN"
    window: UUID
    """The id of the window."""
    turns_at: datetime | None
    """The instant at which it opens or closes next."""

    def __str__(self) -> str:
        return "The window stands as it is recorded."


@dataclass(eq=False, kw_only=True)
class NothingToDerive(Refused):
    """The windows of the cycle are what they should be."""

    code: ClassVar[str] = "NOTHING_TO_DERIVE"
    year: int
    """The year of the cycle."""

    def __str__(self) -> str:
        return f"The windows of {self.year} are what they should be."
