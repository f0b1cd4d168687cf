"""What the record answers instead of recording.

RecordError
├── Conflict        a stream does not stand where the append expected it
├── CommandReused   the command id was already used for something else
├── TooBusy         the queue is full: come back later
├── Unavailable     the database could not be reached in time: ask again with the same command id
├── Closed          the part that was asked has stopped
└── SchemaRefused   the tables in the database are not the ones this version knows
"""

from uuid import UUID

from intersessional.infra.refused import RunRefused


class RecordError(Exception):
    """The record did not do what it was asked."""


class Conflict(RecordError):
    """A stream does not stand at the expected version: nothing of the append was recorded."""

    def __init__(self, stream: UUID, expected: int, actual: int) -> None:
        super().__init__(f"stream {stream} stands at {actual}, not at {expected}")
        self.stream = stream
        self.expected = expected
        self.actual = actual
        """Where the stream stands; 0 when it does not exist."""


class CommandReused(RecordError):
    """The command id was already recorded with another body, or as part of another append."""

    def __init__(self, command_id: UUID) -> None:
        super().__init__(f"command {command_id} was already used for something else")
        self.command_id = command_id


class TooBusy(RecordError):
    """More is waiting to be recorded than the queue may hold; nothing was recorded."""

    def __init__(self, waiting: int) -> None:
        super().__init__(f"{waiting} appends are already waiting")
        self.waiting = waiting


class Unavailable(RecordError):
    """The database gave no answer in time.

    The append may or may not have been recorded: sending the same command id again tells.
    """


class Closed(RecordError):
    """The sequencer or the tail has stopped; what was in flight may or may not be recorded."""


class SchemaRefused(RecordError, RunRefused):
    """The database holds tables from another or a newer version, or a right is missing."""
