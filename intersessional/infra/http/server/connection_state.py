"""The state of an HTTP connection: what it waits for, and for how long."""

import asyncio
from collections.abc import Callable
from enum import Enum, auto


class State(Enum):
    """What a connection waits for."""

    IDLE = auto()
    HEAD = auto()
    BODY = auto()
    EXECUTION = auto()
    RESPONSE = auto()
    LINGER = auto()
    CLOSING = auto()


class ConnectionState:
    """The present state, which calls a function when it has lasted too long."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.now = State.IDLE
        self._loop = loop
        self._timer: asyncio.TimerHandle | None = None

    def enter(self, state: State) -> None:
        """Enter a state that ends by other means than its time."""
        self.now = state
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def enter_for(self, time_s: float, state: State, timed_out: Callable[[], None]) -> None:
        """Enter a state; ``timed_out`` is called when it has lasted ``time_s``."""
        self.enter(state)
        self._timer = self._loop.call_later(time_s, timed_out)
