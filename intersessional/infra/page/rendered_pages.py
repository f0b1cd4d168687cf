"""Rendered pages, kept for answers that are the same."""

import gzip
from dataclasses import dataclass
from hashlib import sha256

from cachetools import LRUCache
from starlette.requests import Request
from starlette.responses import Response

from intersessional.graphql.query_cache.caching_executor import CachingExecutor
from intersessional.infra.page.assets import accepts_gzip

BYTES_MAX = 16 * 1024 * 1024
OVERHEAD_BYTES = 512
"""Memory of a page beside its HTML."""


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """The HTML of a page, compressed once."""

    compressed: bytes
    """In gzip: almost every browser accepts it, and it takes less memory."""

    @classmethod
    def of(cls, html: str) -> "RenderedPage":
        """Compress a page."""
        return cls(gzip.compress(html.encode(), mtime=0))

    def response(self, request: Request, status: int = 200) -> Response:
        """The page, decompressed for the few who do not accept it."""
        if accepts_gzip(request):
            return Response(self.compressed, status, {"Content-Encoding": "gzip"})
        return Response(gzip.decompress(self.compressed), status)


class RenderedPages:
    """Keeps rendered pages up to a total size, by what they were rendered from.

    A page is only found by an answer that the API gives now. As with results, all are dropped
    when texts may have been closed, so that none stays in memory.
    """

    def __init__(self, queries: CachingExecutor, *, bytes_max: int = BYTES_MAX) -> None:
        self._queries = queries
        self._pages: LRUCache[bytes, RenderedPage] = LRUCache(
            bytes_max, getsizeof=lambda page: len(page.compressed) + OVERHEAD_BYTES
        )
        self._state = self._texts_state()

    def __len__(self) -> int:
        """The number of pages that are kept."""
        return len(self._pages)

    def get(self, key: bytes) -> RenderedPage | None:
        """The page of a key."""
        state = self._texts_state()
        if state != self._state:
            self._pages.clear()
            self._state = state
        return self._pages.get(key)

    def put(self, key: bytes, page: RenderedPage) -> None:
        """Keep a page, unless it is too large."""
        if len(page.compressed) + OVERHEAD_BYTES <= self._pages.maxsize:
            self._pages[key] = page

    def _texts_state(self) -> tuple[int, str]:
        feed = self._queries.feed
        return feed.texts_closed_at, feed.epochs.present


def digest_of(*parts: bytes | str) -> bytes:
    """SHA-256 of several parts, of which none can be taken for two."""
    digest = sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        digest.update(b"%d:%b" % (len(content), content))
    return digest.digest()
