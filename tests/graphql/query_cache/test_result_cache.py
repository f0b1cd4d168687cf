"""The cache of results is bounded in bytes."""

from intersessional.graphql.query_cache.result_cache import (
    OVERHEAD_BYTES,
    CachedResult,
    CacheKey,
    ResultCache,
)
from intersessional.projections.kernel.epochs import Epoch, Epochs


def key(number: int) -> CacheKey:
    """The cache key of a query."""
    return "hash", None, b"%d" % number


def result(size: int = 1_000 - OVERHEAD_BYTES % 1_000 - 1, position: int = 1) -> CachedResult:
    """A result whose body has ``size`` bytes."""
    return CachedResult(
        body=b"x" * size,
        position=position,
        view_versions=frozenset(),
        views=frozenset(),
        texts_closed_at=0,
        epochs=Epochs([Epoch("a", 0)]),
        any_event=False,
    )


def test_least_recently_used_result_is_evicted() -> None:
    bytes_max = 3 * (len(result().body) + 1 + OVERHEAD_BYTES)
    cache = ResultCache(bytes_max=bytes_max)
    for number in (1, 2, 3):
        cache.put(key(number), result())

    assert cache.get(key(1)) is not None
    cache.put(key(4), result())

    assert [cache.get(key(number)) is not None for number in (1, 2, 3, 4)] == [
        *(True, False, True, True)
    ]


def test_later_result_replaces_the_earlier_one() -> None:
    cache = ResultCache(bytes_max=2 * (1_001 + OVERHEAD_BYTES))
    cache.put(key(1), result(1_000))
    for position in range(2, 100):
        cache.put(key(2), result(1_000, position))

    found = cache.get(key(2))

    assert found is not None
    assert found.position == 99
    assert cache.get(key(1)) is not None
    assert len(cache) == 2


def test_result_larger_than_the_cache_is_not_cached() -> None:
    cache = ResultCache(bytes_max=10_000)

    cache.put(key(1), result(20_000))
    cache.put(key(2), result(1_000))

    assert cache.get(key(1)) is None
    assert cache.get(key(2)) is not None
