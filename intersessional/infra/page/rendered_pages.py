"""Rendered pages, kept for answers that are the same."""

import gzip
from dataclasses import dataclass
from hashlib import sha256

from cachetools import LRUCache

from intersessional.graphql.query_cache.caching_executor import CachingExecutor

BYTES_MAX = 16 * 1024 * 1024
OVERHEAD_BYTES = 1_024
"""Memory of a page beside its HTML and its answer."""

PageKey = tuple[str, str, str, bytes, bytes]
"""The template, the address, the language, the answer, and the data about the reader."""


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """The HTML of a page with its entity tag."""

    etag: str
    compressed: bytes
    """In gzip: almost every browser accepts it, and it takes less memory."""


class RenderedPages:
    """Keeps rendered pages up to a total size, by what they were rendered from.

    A page is only found by an answer that the API gives now. As with results, all are dropped
    when texts may have been closed, so that none stays in memory.
    """

    def __init__(self, queries: CachingExecutor, *, bytes_max: int = BYTES_MAX) -> None:
        self._queries = queries
        self._bytes_max = bytes_max
        self._pages: LRUCache[PageKey, _KeptPage] = LRUCache(
            bytes_max, getsizeof=lambda entry: entry.size_bytes
        )
        self._state = self._texts_state()
        self.hits = 0
        self.misses = 0

    def __len__(self) -> int:
        """The number of pages that are kept."""
        return len(self._pages)

    def get(self, key: PageKey) -> RenderedPage | None:
        """The page of a key."""
        state = self._texts_state()
        if state != self._state:
            self._pages.clear()
            self._state = state
        entry = self._pages.get(key)
        if entry is None:
            self.misses += 1
            return None
        self.hits += 1
        return entry.page

    def put(self, key: PageKey, page: RenderedPage) -> None:
        """Keep a page, unless it is too large."""
        entry = _KeptPage(page, len(page.compressed) + sum(map(len, key)) + OVERHEAD_BYTES)
        if entry.size_bytes <= self._bytes_max:
            self._pages[key] = entry

    def _texts_state(self) -> tuple[int, str]:
        feed = self._queries.feed
        return feed.texts_closed_at, feed.epochs.present


@dataclass(frozen=True, slots=True)
class _KeptPage:
    page: RenderedPage
    size_bytes: int


def compressed(html: str) -> bytes:
    """A page in gzip."""
    return gzip.compress(html.encode(), mtime=0)


def etag_of(*parts: bytes | str) -> str:
    """The weak entity tag (RFC 9110 §8.8.3) of what a page shows.

    A part cannot be taken for two.
    """
    digest = sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        digest.update(b"%d:%b" % (len(content), content))
    return f'W/"{digest.hexdigest()[:32]}"'
