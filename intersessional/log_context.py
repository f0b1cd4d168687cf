"""What the log records of one piece of work have in common: the request and the position."""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(slots=True)
class LogContext:
    """The request that is answered, and the last position of the log that it has dealt with.

    Tasks that are started meanwhile share it.
    """

    request_id: str | None = None
    position: int | None = None


_current: ContextVar[LogContext | None] = ContextVar("log_context", default=None)


def current_log_context() -> LogContext | None:
    """The context of the running task."""
    return _current.get()


def begin_log_context(request_id: str | None = None) -> None:
    """Give the running task, and those that it starts from now on, a new context."""
    _current.set(LogContext(request_id))


def note_position(position: int) -> None:
    """Note the last position that the work at hand has dealt with."""
    if (context := _current.get()) is not None:
        context.position = position
