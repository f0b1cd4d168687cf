"""The places of a node for sockets and streams of events, with a share for those signed in.

A socket is pending until the client says who it is. Pending sockets and those without a person are
bounded for each address; all without a person leave a share of the places to persons.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, auto

from intersessional.infra.connections.cap_log import CAP_ENDS_AT, CapLog
from intersessional.infra.connections.client_address import LimitKey

ANONYMOUS_SHARE = 0.8
"""The share of the places that connections without a person may have."""
PENDING_S = 1.0
"""A pending socket that is older gives way where every place is taken."""


class TooManySessions(Exception):
    """A node, an address or a person has as many open connections as allowed."""


class PlaceKind(Enum):
    """Who has a place."""

    PENDING = auto()
    ANONYMOUS = auto()
    PERSON = auto()


@dataclass(eq=False, slots=True, kw_only=True)
class Place:
    """The place of one connection."""

    key: LimitKey | None
    """The address for which it counts, if that is known."""
    close: Callable[[], None]
    """Closes the connection, to make room."""
    taken_at_s: float
    kind: PlaceKind = PlaceKind.PENDING
    is_taken: bool = False


class Places:
    """Gives out places, and takes them back."""

    def __init__(self, *, places_max: int, address_max: int) -> None:
        """``address_max`` bounds those of an address that have no person."""
        self._places_max = places_max
        self._anonymous_max = max(int(places_max * ANONYMOUS_SHARE), 1)
        self._address_max = address_max
        self._pending: dict[Place, None] = {}
        """From the oldest to the newest."""
        self._kinds: Counter[PlaceKind] = Counter()
        self._addresses: Counter[tuple[PlaceKind, LimitKey]] = Counter()
        self._full_addresses: set[LimitKey] = set()
        self._log = CapLog("sockets and streams of events")

    def __len__(self) -> int:
        """The number of places that are taken."""
        return self._kinds.total()

    @contextmanager
    def take(self, key: LimitKey | None, close: Callable[[], None]) -> Generator[Place]:
        """Take a pending place until exit. Raises TooManySessions."""
        if len(self) >= self._places_max and not self._evict():
            raise self._refusal(f"This server has {self._places_max} open connections")
        now_s = asyncio.get_running_loop().time()
        place = Place(key=key, close=close, taken_at_s=now_s)
        self._check_address(place, PlaceKind.PENDING)
        self._add(place, PlaceKind.PENDING)
        try:
            yield place
        finally:
            self._remove(place)

    def give(self, place: Place, kind: PlaceKind) -> None:
        """Give a pending place to a person, or to nobody in particular. Raises TooManySessions."""
        if kind is PlaceKind.ANONYMOUS:
            if self._kinds[kind] >= self._anonymous_max:
                message = f"This server has {self._anonymous_max} open connections without a person"
                raise self._refusal(message)
            self._check_address(place, kind)
        if place.is_taken:
            self._remove(place)
            self._add(place, kind)

    def _check_address(self, place: Place, kind: PlaceKind) -> None:
        if place.key is not None and self._addresses[kind, place.key] >= self._address_max:
            self._full_addresses.add(place.key)
            message = f"The address {place.key} has {self._address_max} open connections"
            raise self._refusal(f"{message} without a person")

    def _refusal(self, message: str) -> TooManySessions:
        self._log.refuse(message)
        return TooManySessions(f"{message}, as many as allowed.")

    def _add(self, place: Place, kind: PlaceKind) -> None:
        place.kind, place.is_taken = kind, True
        self._kinds[kind] += 1
        if kind is PlaceKind.PENDING:
            self._pending[place] = None
        if place.key is not None and kind is not PlaceKind.PERSON:
            self._addresses[kind, place.key] += 1

    def _remove(self, place: Place) -> None:
        if not place.is_taken:
            return
        place.is_taken = False
        self._kinds[place.kind] -= 1
        self._pending.pop(place, None)
        if place.key is not None and place.kind is not PlaceKind.PERSON:
            self._addresses[place.kind, place.key] -= 1
            if not self._addresses[place.kind, place.key]:
                del self._addresses[place.kind, place.key]
        if self._log.is_refusing:
            self._end_log(place.key)

    def _end_log(self, key: LimitKey | None) -> None:
        """Log the end of the caps, once all have places to give."""
        address_ends_at = self._address_max * CAP_ENDS_AT
        if key is not None and all(
            self._addresses[kind, key] <= address_ends_at for kind in PlaceKind
        ):
            self._full_addresses.discard(key)
        if (
            len(self) <= self._places_max * CAP_ENDS_AT
            and self._kinds[PlaceKind.ANONYMOUS] <= self._anonymous_max * CAP_ENDS_AT
            and not self._full_addresses
        ):
            self._log.end()

    def _evict(self) -> bool:
        """Close the oldest pending connection; whether a place is free now."""
        oldest = next(iter(self._pending), None)
        latest_s = asyncio.get_running_loop().time() - PENDING_S
        if oldest is None or oldest.taken_at_s > latest_s:
            return False
        self._remove(oldest)
        oldest.close()
        return True
