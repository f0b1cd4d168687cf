"""The latest payloads of a group."""

from bisect import bisect_right
from collections.abc import Sequence
from operator import attrgetter

from intersessional.graphql.subscriptions.payload import Payload

PAYLOADS_MAX = 1_024
BYTES_MAX = 512 * 1024

_position = attrgetter("position")


class ReplayBuffer:
    """Keeps the latest payloads, so that whoever is not further behind needs no execution.

    It holds every payload after ``floor``; what was before it is gone from here.
    """

    def __init__(
        self, floor: int, *, payloads_max: int = PAYLOADS_MAX, bytes_max: int = BYTES_MAX
    ) -> None:
        """Begin empty: nothing after ``floor`` has been seen yet."""
        self.floor = floor
        self._payloads_max = payloads_max
        self._bytes_max = bytes_max
        self._payloads: list[Payload] = []
        self._bytes = 0

    def append(self, payload: Payload) -> None:
        """Keep the next payload; the oldest ones go when there are too many."""
        self._payloads.append(payload)
        self._bytes += len(payload.body)
        if len(self._payloads) > 2 * self._payloads_max or self._bytes > 2 * self._bytes_max:
            self._shrink()

    def after(self, position: int, limit: int) -> Sequence[Payload]:
        """The next payloads after a position. Raises ValueError for one below the floor."""
        if position < self.floor:
            raise ValueError(f"what came after {position} is not kept: the floor is {self.floor}")
        start = bisect_right(self._payloads, position, key=_position)
        return self._payloads[start : start + limit]

    def _shrink(self) -> None:
        # Half is dropped at a time: moving a list by one for each payload would cost more.
        gone, size = 0, self._bytes
        while len(self._payloads) - gone > self._payloads_max or size > self._bytes_max:
            size -= len(self._payloads[gone].body)
            gone += 1
        self.floor = self._payloads[gone - 1].position
        del self._payloads[:gone]
        self._bytes = size
