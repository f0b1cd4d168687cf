"""Token buckets (GCRA), one for each key."""

from datetime import timedelta

from throttled import RateLimiterType, Throttled
from throttled.rate_limiter import per_duration
from throttled.store import MemoryStore

BUCKETS_MAX = 50_000
"""Buckets that a node holds; beyond, the one that was used longest ago is full again."""


class TokenBuckets:
    """A bucket for each key, which fills with time and empties with what is taken."""

    def __init__(self, *, per_minute: int, burst: int, buckets_max: int = BUCKETS_MAX) -> None:
        """A full bucket holds ``burst`` tokens; it gains ``per_minute`` tokens a minute."""
        self._burst = burst
        self._buckets = Throttled(
            using=RateLimiterType.GCRA.value,
            quota=per_duration(timedelta(minutes=1), per_minute, burst=burst),
            store=MemoryStore(options={"MAX_SIZE": buckets_max}),
        )

    def take(self, key: str, tokens: int = 1) -> float:
        """Take tokens, at most ``burst``; 0, or the seconds until there are enough."""
        result = self._buckets.limit(key, cost=min(tokens, self._burst))
        return result.state.retry_after if result.limited else 0.0

    def drain(self, key: str, tokens: int) -> None:
        """Take tokens for what was done already, or as many as there are."""
        if self.take(key, tokens):
            self.take(key, self._buckets.peek(key).remaining)
