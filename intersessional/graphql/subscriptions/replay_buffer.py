"""The latest payloads of a shared subscription."""

from bisect import bisect_right
from collections.abc import Sequence
from operator import attrgetter

from intersessional.graphql.subscriptions.payload import Payload

PAYLOADS_MAX = 1_024
BYTES_MAX = 256 * 1024
NODE_BYTES_MAX = 16 * 1024 * 1024
"""The memory that all replay buffers of a node take together."""

_position = attrgetter("position")


class ReplayBuffer:
    """Holds every payload after ``floor``; older ones were evicted."""

    def __init__(
        self, floor: int, *, payloads_max: int = PAYLOADS_MAX, bytes_max: int = BYTES_MAX
    ) -> None:
        """Begin empty at position ``floor``; at most twice the bounds are held."""
        self.floor = floor
        self._payloads_max = payloads_max
        self._bytes_max = bytes_max
        self._payloads: list[Payload] = []
        self._bytes = 0

    @property
    def held_bytes(self) -> int:
        """The memory that the payloads take."""
        return self._bytes

    @property
    def last(self) -> int:
        """The position of the last payload, or the floor."""
        return self._payloads[-1].position if self._payloads else self.floor

    def append(self, payload: Payload) -> None:
        """Add the next payload, and evict the oldest ones where there are too many."""
        self._payloads.append(payload)
        self._bytes += payload.held_bytes
        self._shrink_if_full()

    def resize(self, bytes_max: int) -> None:
        """Hold at most twice as many bytes from now on."""
        self._bytes_max = bytes_max
        self._shrink_if_full()

    def clear(self, position: int) -> None:
        """Evict all payloads; the floor is now at a position that is not before the last one."""
        self.floor = position
        self._payloads.clear()
        self._bytes = 0

    def payloads_after(self, position: int, limit: int) -> Sequence[Payload]:
        """The next payloads after a position. Raises ValueError for one below the floor."""
        if position < self.floor:
            raise ValueError(f"payloads after {position} are gone: the floor is {self.floor}")
        start = bisect_right(self._payloads, position, key=_position)
        return self._payloads[start : start + limit]

    def _shrink_if_full(self) -> None:
        if len(self._payloads) > 2 * self._payloads_max or self._bytes > 2 * self._bytes_max:
            self._shrink()

    def _shrink(self) -> None:
        # Half is evicted at a time: deleting one from the front of a list for each payload is slow.
        evicted, size = 0, self._bytes
        while len(self._payloads) - evicted > self._payloads_max or size > self._bytes_max:
            size -= self._payloads[evicted].held_bytes
            evicted += 1
        self.floor = self._payloads[evicted - 1].position
        del self._payloads[:evicted]
        self._bytes = size


class ReplayBuffers:
    """The replay buffers of a node, which have equal shares of one amount of memory."""

    def __init__(self, *, bytes_max: int = NODE_BYTES_MAX) -> None:
        """``bytes_max`` bounds what all buffers hold together."""
        self._bytes_max = bytes_max
        self._buffers: set[ReplayBuffer] = set()

    def __len__(self) -> int:
        """The number of buffers."""
        return len(self._buffers)

    @property
    def held_bytes(self) -> int:
        """The memory that the payloads of all buffers take."""
        return sum(buffer.held_bytes for buffer in self._buffers)

    def add(self, floor: int) -> ReplayBuffer:
        """A new buffer, which begins empty at position ``floor``; the others give a part up."""
        buffer = ReplayBuffer(floor)
        self._buffers.add(buffer)
        self._share()
        return buffer

    def remove(self, buffer: ReplayBuffer) -> None:
        """Let the others have the part of a buffer that is no longer used."""
        self._buffers.discard(buffer)
        self._share()

    def _share(self) -> None:
        for buffer in self._buffers:
            # A buffer holds up to twice its bound.
            buffer.resize(min(BYTES_MAX, self._bytes_max // (2 * len(self._buffers))))
