"""Token buckets, one for each key."""

import time
from collections.abc import Callable

from cachetools import LRUCache

from intersessional.infra.rate_limits.token_bucket import TokenBucket

BUCKETS_MAX = 50_000
"""Buckets that a node holds; beyond, the one that was used longest ago is full again."""


class TokenBuckets:
    """A bucket for each key. What is taken may exceed what is there: then the next one waits."""

    def __init__(
        self,
        *,
        per_minute: int,
        burst: int,
        buckets_max: int = BUCKETS_MAX,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """A full bucket holds ``burst`` tokens; it gains ``per_minute`` tokens a minute."""
        self._per_s = per_minute / 60
        self._burst = burst
        self._clock = clock
        self._buckets: LRUCache[str, TokenBucket] = LRUCache(buckets_max)

    def __len__(self) -> int:
        """The number of buckets that are held."""
        return len(self._buckets)

    def wait_s(self, key: str, tokens: int = 1) -> float:
        """The seconds until there are so many tokens under a key, 0 where they are there."""
        bucket = self._buckets.get(key)
        return 0.0 if bucket is None else bucket.wait_s(self._clock(), tokens)

    def half_full_s(self, key: str) -> float:
        """The seconds until a bucket is half full, 0 where it is."""
        return self.wait_s(key, max(self._burst // 2, 1))

    def take(self, key: str, tokens: int) -> None:
        """Take tokens, also those that are still to come."""
        bucket = self._buckets.get(key)
        if bucket is None:
            bucket = self._buckets[key] = TokenBucket(burst=self._burst, per_s=self._per_s)
        bucket.take(self._clock(), tokens)
