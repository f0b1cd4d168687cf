"""The body, the kind and the state of a meeting."""

from enum import Enum

from intersessional.domain.kernel.occurred import Occurred


class MeetingBody(Enum):
    """The body that meets."""

    MAG = "MAG"
    """The Multistakeholder Advisory Group."""
    GROUP = "GROUP"
    """An intersessional group."""


class MeetingKind(Enum):
    """The kinds of meeting (DOMAIN row 1)."""

    VIRTUAL = "VIRTUAL"
    """Online."""
    FACE_TO_FACE = "FACE_TO_FACE"
    """Face to face, in one place."""


class MeetingState(Enum):
    """The states of a meeting (DOMAIN A3)."""

    PLANNED = "PLANNED"
    """Called for a time."""
    MOVED = "MOVED"
    """Called for one time, and moved to another."""
    HELD = "HELD"
    """It took place."""
    CANCELLED = "CANCELLED"
    """It does not take place."""

    @property
    def is_final(self) -> bool:
        """Whether the meeting was held or cancelled."""
        return self in (MeetingState.HELD, MeetingState.CANCELLED)

    def after_move(self, before: Occurred, planned: Occurred) -> "MeetingState":
        """The state after another time was set: within the time before, it is more exact."""
        if self.is_final or planned.within(before):
            return self
        return MeetingState.MOVED
