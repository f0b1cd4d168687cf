"""A cache of encoded query results."""

from dataclasses import dataclass

from cachetools import LRUCache

from intersessional.projections.kernel.epochs import Epochs

BYTES_MAX = 32 * 1024 * 1024
OVERHEAD_BYTES = 1_024
"""Memory of an entry beside its body and variables."""

CacheKey = tuple[str, str | None, bytes]
"""The document's SHA-256, the operation's name, the canonical variables in JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CachedResult:
    """An encoded result with the state that it was read from."""

    body: bytes
    position: int
    """The position at which the views were read."""
    view_versions: frozenset[int]
    """The ids of the view versions that were read."""
    views: frozenset[str]
    """The names of the views that were read."""
    texts_closed_at: int
    """The last event that may have closed texts, when the execution began."""
    epochs: Epochs
    """The epochs of the record, when the execution began."""
    any_event: bool
    """Whether every later event may change it, whichever views the event concerns."""


class ResultCache:
    """Caches results up to a total size; the least recently used ones are evicted."""

    def __init__(self, *, bytes_max: int = BYTES_MAX) -> None:
        """``bytes_max`` bounds the size of all results together."""
        self._entries: LRUCache[CacheKey, _Entry] = LRUCache(
            bytes_max, getsizeof=lambda entry: entry.size_bytes
        )
        self.hits = self.misses = 0
        """How many queries were answered from the cache, and how many were not."""

    def __len__(self) -> int:
        """The number of cached results."""
        return len(self._entries)

    def get(self, key: CacheKey) -> CachedResult | None:
        """The cached result of a query."""
        entry = self._entries.get(key)
        return None if entry is None else entry.result

    def clear(self) -> None:
        """Drop all results."""
        self._entries.clear()

    def put(self, key: CacheKey, result: CachedResult) -> None:
        """Cache a result in place of an earlier one, unless it is too large."""
        entry = _Entry(result, len(result.body) + len(key[-1]) + OVERHEAD_BYTES)
        self._entries.pop(key, None)
        if entry.size_bytes <= self._entries.maxsize:
            self._entries[key] = entry


@dataclass(frozen=True, slots=True)
class _Entry:
    result: CachedResult
    size_bytes: int
