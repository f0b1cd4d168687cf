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

    def wait_s(self, now_s: float, tokens: int = 1) -> float:
        """The seconds until there are so many tokens, 0 where they are there."""
        needed_s = tokens * self._token_s
        return max(max(self._full_at_s, now_s) + needed_s - now_s - self._burst_s, 0.0)

    def take(self, now_s: float, tokens: int = 1) -> float:
        """Take tokens, also those that are still to come; the seconds until the last is there."""
        self._full_at_s = max(self._full_at_s, now_s) + tokens * self._token_s
        return max(self._full_at_s - now_s - self._burst_s, 0.0)
