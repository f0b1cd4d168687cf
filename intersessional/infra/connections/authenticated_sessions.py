"""Who is on this node, on sockets and streams of events: so many, and as long as they may."""

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

End = Callable[[InvalidToken], None]
"""Ends what someone has open, for their token is not accepted any more."""


class TooManySessions(Exception):
    """Nobody more, or nothing more of one person, is let in here; the message is a sentence."""


class AuthenticatedSessions:
    """Counts what is open, and ends it when its token expires or is revoked."""

    def __init__(
        self,
        revocations: Revocations,
        clock: Callable[[], datetime],
        *,
        open_max: int,
        person_max: int,
    ) -> None:
        """``open_max`` bounds what is open on the node, ``person_max`` what one person has."""
        self._revocations = revocations
        self._clock = clock
        self._open_max = open_max
        self._person_max = person_max
        self._open = 0
        self._ends: dict[End, Principal] = {}
        self._persons: Counter[UUID | None] = Counter()

    def __len__(self) -> int:
        """How much is open."""
        return self._open

    @contextmanager
    def opened(self) -> Generator[None]:
        """Something is open, nobody knows yet for whom. Raises TooManySessions."""
        if self._open >= self._open_max:
            raise TooManySessions("This server serves as many as it can.")
        self._open += 1
        try:
            yield
        finally:
            self._open -= 1

    @contextmanager
    def signed_in(self, who: Principal, end: End) -> Generator[None]:
        """Someone has it open; ``end`` is called when their token is not accepted any more.

        Raises TooManySessions, and TokenRevoked for whoever was signed out a moment ago.
        """
        self._revocations.check(who)
        person = who.caller.person
        if person is not None and self._persons[person] >= self._person_max:
            raise TooManySessions("You have as much open here as you may.")
        timer = None
        if who.expires_at is not None:
            left_s = (who.expires_at - self._clock()).total_seconds()
            timer = asyncio.get_running_loop().call_later(max(left_s, 0), end, TokenExpired())
        self._persons[person] += 1
        self._ends[end] = who
        try:
            yield
        finally:
            del self._ends[end]
            self._persons[person] -= 1
            if not self._persons[person]:
                del self._persons[person]
            if timer is not None:
                timer.cancel()

    def end_revoked(self) -> None:
        """End what is open for whoever was signed out."""
        for end, who in tuple(self._ends.items()):
            try:
                self._revocations.check(who)
            except TokenRevoked as revoked:
                end(revoked)
