"""Token buckets: what is taken, when there is more, and how many there are."""

import gc

from intersessional.infra.rate_limits.token_buckets import TokenBuckets


def test_full_bucket_gives_its_burst_and_says_when_there_is_more() -> None:
    buckets = TokenBuckets(per_minute=6, burst=2)

    assert buckets.take("a") == 0
    assert buckets.take("a") == 0
    assert 9 < buckets.take("a") <= 10


def test_bucket_of_another_key_is_full() -> None:
    buckets = TokenBuckets(per_minute=1, burst=1)
    assert buckets.take("a") == 0
    assert buckets.take("a") > 0

    assert buckets.take("b") == 0


def test_refused_tokens_are_not_taken() -> None:
    buckets = TokenBuckets(per_minute=1, burst=3)
    assert buckets.take("a", 2) == 0
    assert buckets.take("a", 2) > 0

    assert buckets.take("a", 1) == 0


def test_more_than_a_full_bucket_empties_it() -> None:
    buckets = TokenBuckets(per_minute=1, burst=3)

    assert buckets.take("a", 1_000) == 0
    assert buckets.take("a") > 0


def test_what_was_done_already_empties_a_bucket_that_has_less() -> None:
    buckets = TokenBuckets(per_minute=1, burst=10)
    assert buckets.take("a", 8) == 0

    buckets.drain("a", 5)

    assert buckets.take("a") > 0


def test_buckets_are_bounded_in_number_and_the_one_used_longest_ago_is_full_again() -> None:
    buckets = TokenBuckets(per_minute=1, burst=1, buckets_max=2)
    for key in ("a", "b", "c"):
        assert buckets.take(key) == 0

    assert buckets.take("c") > 0
    assert buckets.take("a") == 0


def test_many_keys_leave_no_more_objects_than_the_bound() -> None:
    buckets = TokenBuckets(per_minute=1, burst=1, buckets_max=10)
    for number in range(1_000):
        buckets.take(str(number))
    gc.collect()
    objects = len(gc.get_objects())

    for number in range(20_000):
        buckets.take(str(number))

    gc.collect()
    assert len(gc.get_objects()) < objects + 100
