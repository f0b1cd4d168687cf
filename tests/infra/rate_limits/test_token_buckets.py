"""Token buckets: what is taken, when there is more, and how many there are."""

import pytest

from intersessional.infra.rate_limits.token_buckets import TokenBuckets


class Clock:
    """A clock that the test sets."""

    now_s = 1_000.0

    def __call__(self) -> float:
        return self.now_s


def test_full_bucket_gives_its_burst_and_says_when_there_is_more() -> None:
    clock = Clock()
    buckets = TokenBuckets(per_minute=6, burst=2, clock=clock)
    buckets.take("a", 1)
    assert buckets.wait_s("a") == 0

    buckets.take("a", 1)

    assert buckets.wait_s("a") == pytest.approx(10)
    clock.now_s += 10
    assert buckets.wait_s("a") == pytest.approx(0)


def test_bucket_of_another_key_is_full() -> None:
    buckets = TokenBuckets(per_minute=1, burst=1, clock=Clock())
    buckets.take("a", 1)

    assert buckets.wait_s("a") > 0
    assert buckets.wait_s("b") == 0


def test_tokens_that_were_taken_before_they_came_are_waited_for() -> None:
    clock = Clock()
    buckets = TokenBuckets(per_minute=60, burst=10, clock=clock)

    buckets.take("a", 30)

    assert buckets.wait_s("a") == pytest.approx(21)
    clock.now_s += 22
    assert buckets.wait_s("a") == 0


def test_buckets_are_bounded_in_number_and_the_one_used_longest_ago_is_full_again() -> None:
    buckets = TokenBuckets(per_minute=1, burst=1, buckets_max=2, clock=Clock())
    for key in ("a", "b", "c"):
        buckets.take(key, 1)

    assert len(buckets) == 2
    assert buckets.wait_s("c") > 0
    assert buckets.wait_s("a") == 0
