"""The open connections of a node: bounded, and closed when their tokens end."""

import asyncio
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from uuid import UUID

from intersessional.infra.auth import (
    InvalidToken,
    Principal,
    Revocations,
    TokenExpired,
    TokenRevoked,
)
from intersessional.infra.connections.client_address import LimitKey
from intersessional.infra.connections.places import Place, PlaceKind, Places, TooManySessions

Close = Callable[[InvalidToken], None]
"""Closes a connection whose token is no longer accepted."""


class AuthenticatedSessions:
    """Counts open connections, and closes those whose token expires or is revoked."""

    def __init__(
        self,
        revocations: Revocations,
        clock: Callable[[], datetime],
        places: Places,
        *,
        person_max: int,
    ) -> None:
        """``person_max`` bounds the connections of one person."""
        self._revocations = revocations
        self._clock = clock
        self._places = places
        self._person_max = person_max
        self._principals: dict[Close, Principal] = {}
        self._persons: Counter[UUID | None] = Counter()

    def __len__(self) -> int:
        """The number of open connections."""
        return len(self._places)

    def reserve(
        self, key: LimitKey | None, close: Callable[[], None]
    ) -> AbstractContextManager[Place]:
        """Take a place for an address until exit; ``close`` makes room. Raises TooManySessions."""
        return self._places.take(key, close)

    @contextmanager
    def register(self, principal: Principal, place: Place, close: Close) -> Generator[None]:
        """Give the place to the principal, and call ``close`` when their token ends before exit.

        Raises TooManySessions, and TokenRevoked.
        """
        self._revocations.check(principal)
        person = principal.caller.person
        if person is None:
            self._places.give(place, PlaceKind.ANONYMOUS)
        elif self._persons[person] >= self._person_max:
            raise TooManySessions("You have as many open connections as allowed.")
        else:
            self._places.give(place, PlaceKind.PERSON)
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
