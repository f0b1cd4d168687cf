"""A token bucket gives a burst at once, and then its rate."""

from intersessional.infra.rate_limits.token_bucket import TokenBucket


def test_burst_is_given_at_once_and_then_a_token_at_a_time() -> None:
    bucket = TokenBucket(burst=3, per_s=2)

    assert [bucket.take(100) for _ in range(5)] == [0, 0, 0, 0.5, 1]


def test_time_until_so_many_tokens_are_there_is_told() -> None:
    bucket = TokenBucket(burst=4, per_s=2)
    bucket.take(100, 6)

    assert [bucket.wait_s(100, tokens) for tokens in (1, 2, 4)] == [1.5, 2, 3]
    assert bucket.wait_s(102, 2) == 0


def test_bucket_that_is_left_alone_fills_up_to_its_burst() -> None:
    bucket = TokenBucket(burst=2, per_s=1)
    for _ in range(5):
        bucket.take(0)

    assert [bucket.take(1_000) for _ in range(3)] == [0, 0, 1]
