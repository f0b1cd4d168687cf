"""The open connections of a node: bounded, and closed when their tokens end."""

import asyncio
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from intersessional.infra.auth import (
    InvalidToken,
    Principal,
    Revocations,
    TokenExpired,
    TokenRevoked,
)

Close = Callable[[InvalidToken], None]
"""Closes a connection whose token is no longer accepted."""


class TooManySessions(Exception):
    """The node, or one person, has as many open connections as allowed."""


class AuthenticatedSessions:
    """Counts open connections, and closes those whose token expires or is revoked."""

    def __init__(
        self,
        revocations: Revocations,
        clock: Callable[[], datetime],
        *,
        open_max: int,
        person_max: int,
    ) -> None:
        """``open_max`` bounds the connections of the node, ``person_max`` those of one person."""
        self._revocations = revocations
        self._clock = clock
        self._open_max = open_max
        self._person_max = person_max
        self._open = 0
        self._principals: dict[Close, Principal] = {}
        self._persons: Counter[UUID | None] = Counter()

    def __len__(self) -> int:
        """The number of open connections."""
        return self._open

    @contextmanager
    def reserve(self) -> Generator[None]:
        """Count a connection until exit. Raises TooManySessions."""
        if self._open >= self._open_max:
            raise TooManySessions("This server has as many open connections as it allows.")
        self._open += 1
        try:
            yield
        finally:
            self._open -= 1

    @contextmanager
    def register(self, principal: Principal, close: Close) -> Generator[None]:
        """Call ``close`` when the principal's token ends before exit.

        Raises TooManySessions, and TokenRevoked.
        """
        self._revocations.check(principal)
        person = principal.caller.person
        if person is not None and self._persons[person] >= self._person_max:
            raise TooManySessions("You have as many open connections as allowed.")
        timer = None
        if principal.expires_at is not None:
            left_s = (principal.expires_at - self._clock()).total_seconds()
            timer = asyncio.get_running_loop().call_later(max(left_s, 0), close, TokenExpired())
        self._persons[person] += 1
        self._principals[close] = principal
        try:
            yield
        finally:
            del self._principals[close]
            self._persons[person] -= 1
            if not self._persons[person]:
                del self._persons[person]
            if timer is not None:
                timer.cancel()

    def close_revoked(self) -> None:
        """Close the connections whose token was revoked."""
        for close, principal in tuple(self._principals.items()):
            try:
                self._revocations.check(principal)
            except TokenRevoked as revoked:
                close(revoked)
