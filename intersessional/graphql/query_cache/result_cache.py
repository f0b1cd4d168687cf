"""Results by what was asked, the latest ones."""

from collections import OrderedDict
from dataclasses import dataclass

BYTES_MAX = 32 * 1024 * 1024
OVERHEAD_BYTES = 1_024
"""What a result takes beside its body and its variables."""

Key = tuple[str, str | None, bytes]
"""What was asked: the hash of the document, the operation's name, its variables in JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CachedResult:
    """An encoded answer, and what it rests on."""

    body: bytes
    position: int
    """The position of the views that it was read at."""
    heads: frozenset[int]
    """The versions of the views that were read then."""
    views: frozenset[str]
    whole_record: bool
    """Whether every later event may change it, whatever it concerns."""


class ResultCache:
    """Keeps the results that were asked for last, up to so many bytes."""

    def __init__(self, *, bytes_max: int = BYTES_MAX) -> None:
        """``bytes_max`` bounds all of them together."""
        self._bytes_max = bytes_max
        self._bytes = 0
        self._results: OrderedDict[Key, tuple[CachedResult, int]] = OrderedDict()

    def __len__(self) -> int:
        """How many are kept."""
        return len(self._results)

    def get(self, key: Key) -> CachedResult | None:
        """The result of this question, when it is kept."""
        if key not in self._results:
            return None
        self._results.move_to_end(key)
        return self._results[key][0]

    def put(self, key: Key, result: CachedResult) -> None:
        """Keep a result in place of an earlier one; the longest unasked ones go."""
        self._drop(key)
        size = len(result.body) + len(key[-1]) + OVERHEAD_BYTES
        self._results[key] = result, size
        self._bytes += size
        while self._bytes > self._bytes_max:
            self._drop(next(iter(self._results)))

    def _drop(self, key: Key) -> None:
        _, size = self._results.pop(key, (None, 0))
        self._bytes -= size
