"""What the record answers instead of recording.

EventStoreError
├── Conflict        a stream does not stand where the append expected it
├── CommandIdReused   the command id was already used for something else
├── TooBusy         the queue is full: come back later
├── Unavailable     the database could not be reached in time: ask again with the same command id
├── Closed          the part that was asked has stopped
└── SchemaError   the tables in the database are not the ones this version knows
"""

from uuid import UUID

from intersessional.errors import OperatorError


class EventStoreError(Exception):
    """The record did not do what it was asked."""


class VersionConflict(EventStoreError):
    """A stream does not stand at the expected version: nothing of the append was recorded."""

    def __init__(self, stream: UUID, expected: int, actual: int) -> None:
        super().__init__(f"stream {stream} stands at {actual}, not at {expected}")
        self.stream = stream
        self.expected = expected
        self.actual = actual
        """Where the stream stands; 0 when it does not exist."""


class CommandIdReused(EventStoreError):
    """The command id was already recorded with another body, or as part of another append."""

    def __init__(self, command_id: UUID) -> None:
        super().__init__(f"command {command_id} was already used for something else")
        self.command_id = command_id


class TooBusy(EventStoreError):
    """More is waiting to be recorded than the queue may hold; nothing was recorded."""

    def __init__(self, waiting: int) -> None:
        super().__init__(f"{waiting} appends are already waiting")
        self.waiting = waiting


class Unavailable(EventStoreError):
    """The database gave no answer in time.

    The append may or may not have been recorded: sending the same command id again tells.
    """


class Closed(EventStoreError):
    """The sequencer or the tail has stopped; what was in flight may or may not be recorded."""


class SchemaError(EventStoreError, OperatorError):
    """The database holds tables from another or a newer version, or a right is missing."""
