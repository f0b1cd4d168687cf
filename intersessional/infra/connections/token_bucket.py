"""A token bucket: a rate with a burst."""


class TokenBucket:
    """Holds ``burst`` tokens when it is full, and gets ``per_s`` new ones a second.

    It stores one number, the time at which it is full again (the generic cell rate algorithm).
    """

    __slots__ = ("_burst_s", "_full_at_s", "_token_s")

    def __init__(self, *, burst: int, per_s: float) -> None:
        self._token_s = 1 / per_s
        self._burst_s = burst / per_s
        self._full_at_s = 0.0

    def take(self, now_s: float) -> float:
        """Take a token; the seconds until it is there, 0 where it is."""
        self._full_at_s = max(self._full_at_s, now_s) + self._token_s
        return max(self._full_at_s - now_s - self._burst_s, 0.0)
