"""What is kept is bounded, whoever asks for whatever."""

from intersessional.graphql.query_cache.result_cache import (
    OVERHEAD_BYTES,
    CachedResult,
    Key,
    ResultCache,
)


def key(number: int) -> Key:
    """What somebody asked."""
    return "hash", None, b"%d" % number


def result(size: int = 1_000 - OVERHEAD_BYTES % 1_000 - 1, position: int = 1) -> CachedResult:
    """An answer of some bytes."""
    return CachedResult(
        body=b"x" * size,
        position=position,
        heads=frozenset(),
        views=frozenset(),
        any_event=False,
    )


def test_what_was_not_asked_for_longest_goes_first() -> None:
    room = 3 * (len(result().body) + 1 + OVERHEAD_BYTES)
    kept = ResultCache(bytes_max=room)
    for number in (1, 2, 3):
        kept.put(key(number), result())

    assert kept.get(key(1)) is not None
    kept.put(key(4), result())

    assert [kept.get(key(number)) is not None for number in (1, 2, 3, 4)] == [
        *(True, False, True, True)
    ]


def test_a_later_result_takes_the_place_of_the_earlier_one() -> None:
    kept = ResultCache(bytes_max=2 * (1_001 + OVERHEAD_BYTES))
    kept.put(key(1), result(1_000))
    for position in range(2, 100):
        kept.put(key(2), result(1_000, position))

    found = kept.get(key(2))

    assert found is not None
    assert found.position == 99
    assert kept.get(key(1)) is not None
    assert len(kept) == 2


def test_what_is_larger_than_all_the_room_is_not_kept_and_leaves_it_usable() -> None:
    kept = ResultCache(bytes_max=10_000)

    kept.put(key(1), result(20_000))
    kept.put(key(2), result(1_000))

    assert kept.get(key(1)) is None
    assert kept.get(key(2)) is not None
