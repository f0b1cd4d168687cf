"""The states of an HTTP connection, each of which ends by itself::

    IDLE       no request             KEEP_ALIVE_S (HEAD_S for the first), then CLOSING
    HEAD       a head begins          HEAD_S, then 408
    BODY       the body is awaited    BODY_S and a rate, then 408
    EXECUTION  no answer yet          EXECUTION_S, then 503
    RESPONSE   it is being sent       UNREAD_S without progress, then aborted
    LINGER     it has been sent       LINGER_S and LINGER_BYTES_MAX, then CLOSING
    CLOSING    its rest is unsent     UNREAD_S without progress, then aborted

    IDLE -> HEAD -> EXECUTION (-> BODY -> EXECUTION) -> RESPONSE -> IDLE, or LINGER -> CLOSING

``OpenConnections`` checks that clients read what they are sent (``UNREAD_S``), whatever the
protocol.
"""

import asyncio
from collections.abc import Callable
from enum import Enum, auto
from math import inf

from intersessional.infra.http.errors import RETRY, HttpError

KEEP_ALIVE_S = 75.0
"""The time between two requests; longer than a proxy keeps a connection (nginx: 60 s)."""
HEAD_S = 20.0
"""The time for a request's line and headers, and for the first byte on a connection."""
BODY_S = 30.0
BODY_BYTES_PER_S = 32 * 1024
"""A body has BODY_S, and a second more for each of so many bytes that have come."""
EXECUTION_S = 60.0
"""The time from the end of a request to the beginning of the response."""
LINGER_S = 5.0


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
    """The present state, with its timer."""

    def __init__(self, *, close: Callable[[], None], refuse: Callable[[HttpError], None]) -> None:
        """``close`` or ``refuse`` is called when a state has lasted too long."""
        self.now = State.IDLE
        self._close = close
        self._refuse = refuse
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = None
        self._timed_out: Callable[[], None] | None = None
        self._due_at = inf
        self._body_bytes = 0
        self._body_begun_at = 0.0

    def wait_for_request(self, *, first: bool = False) -> None:
        """The next request has not begun."""
        self._enter(State.IDLE, HEAD_S if first else KEEP_ALIVE_S, self._close)

    def wait_for_head(self) -> None:
        """A head has begun."""
        self._enter(State.HEAD, HEAD_S, self._too_slow)

    def execute(self) -> None:
        """The application runs."""
        self._enter(State.EXECUTION, EXECUTION_S, self._too_long)

    def wait_for_body(self) -> None:
        """The application waits for more of the body."""
        if self.now is State.EXECUTION:
            self._body_bytes, self._body_begun_at = 0, self._loop.time()
            self._enter(State.BODY, BODY_S, self._check_rate)

    def body_received(self, size: int, *, complete: bool) -> None:
        """So many bytes of the body have come."""
        self._body_bytes += size
        if complete and self.now is State.BODY:
            self.execute()

    def respond(self) -> None:
        """The response has begun."""
        self._enter(State.RESPONSE)

    def linger(self) -> None:
        """The response was sent, and the client may still be sending."""
        self._enter(State.LINGER, LINGER_S, self._close)

    def end(self) -> None:
        """Nothing is read any more."""
        self._enter(State.CLOSING)
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _enter(
        self, state: State, time_s: float = inf, timed_out: Callable[[], None] | None = None
    ) -> None:
        """Enter a state; ``timed_out`` is called when it has lasted ``time_s``.

        A timer that is due earlier stays, and is set again when it is due: most states are short.
        """
        self.now = state
        self._timed_out = timed_out
        self._due_at = self._loop.time() + time_s
        if self._timer is not None and self._due_at < self._timer.when():
            self._timer.cancel()
            self._timer = None
        if self._timer is None and timed_out is not None:
            self._timer = self._loop.call_at(self._due_at, self._check)

    def _check(self) -> None:
        self._timer = None
        if self._timed_out is not None:
            if self._due_at > self._loop.time():
                self._timer = self._loop.call_at(self._due_at, self._check)
            else:
                self._timed_out()

    def _too_slow(self) -> None:
        self._refuse(HttpError(408, "TOO_SLOW", "The request did not arrive in time."))

    def _check_rate(self) -> None:
        allowed_s = BODY_S + self._body_bytes / BODY_BYTES_PER_S
        left_s = self._body_begun_at + allowed_s - self._loop.time()
        if left_s > 0:
            self._enter(State.BODY, left_s, self._check_rate)
        else:
            self._too_slow()

    def _too_long(self) -> None:
        message = "The answer was not ready in time."
        self._refuse(HttpError(503, "UNAVAILABLE", message, RETRY))
