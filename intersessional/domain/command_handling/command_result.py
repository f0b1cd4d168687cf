"""The result of a recorded command."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class CommandResult:
    """The aggregate that a command began or changed, and the position of its last event."""

    command_id: UUID
    """The command id as it was sent."""
    subject: UUID
    position: int
    repeated: bool
    """Whether the command had been recorded before; then nothing was recorded now."""
