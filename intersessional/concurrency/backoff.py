"""Pauses between retries that double."""

import asyncio


class Backoff:
    """Yields pauses from ``min_s`` seconds, doubled each time, up to ``max_s`` seconds."""

    def __init__(self, min_s: float, max_s: float) -> None:
        self._min_s = min_s
        self._max_s = max_s
        self._pause_s = min_s

    def next_s(self) -> float:
        """Return the pause in seconds, and double the one after it."""
        pause_s = self._pause_s
        self._pause_s = min(2 * pause_s, self._max_s)
        return pause_s

    async def wait(self) -> None:
        """Sleep for the next pause."""
        await asyncio.sleep(self.next_s())

    def reset(self) -> None:
        """Begin at ``min_s`` again: the last try succeeded."""
        self._pause_s = self._min_s
