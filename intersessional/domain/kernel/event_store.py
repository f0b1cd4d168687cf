"""Errors of the event store: why an append or a read did not happen.

EventStoreError
├── VersionConflict  a stream is not at the version that the append expects
├── CommandIdReused  the command id was already used for something else
├── TooBusy          the queue of appends is full
├── Unavailable      the database did not answer an append in time: its outcome is not known
├── Unreachable      the database cannot be read at the moment
└── Closed           the component has stopped
"""

from uuid import UUID


class EventStoreError(Exception):
    """The event store did not do what it was asked."""


class VersionConflict(EventStoreError):
    """A stream is not at the expected version: nothing of the append was recorded."""

    def __init__(self, stream: UUID, expected: int, actual: int) -> None:
        super().__init__(f"stream {stream} stands at {actual}, not at {expected}")
        self.stream = stream
        self.expected = expected
        self.actual = actual
        """The version of the stream; 0 when it does not exist."""


class CommandIdReused(EventStoreError):
    """The command id was already recorded with another body, or as part of another append."""

    def __init__(self, command_id: UUID) -> None:
        super().__init__(f"command {command_id} was already used for something else")
        self.command_id = command_id


class TooBusy(EventStoreError):
    """The queue of appends is full; nothing was recorded."""

    def __init__(self, waiting: int) -> None:
        super().__init__(f"{waiting} appends are already waiting")
        self.waiting = waiting


class Unavailable(EventStoreError):
    """The database did not answer in time.

    The append may or may not have been recorded: sending the same command id again tells.
    """


class Unreachable(EventStoreError):
    """The database cannot be read at the moment; reading again later may succeed."""


class Closed(EventStoreError):
    """The sequencer or the tail has stopped; a running append may or may not be recorded."""
