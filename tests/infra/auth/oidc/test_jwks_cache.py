"""Keys are fetched when they are needed, and not too often."""

import asyncio
from datetime import UTC, datetime

import pytest

from intersessional.infra.auth.errors import InvalidToken, IssuerUnavailable
from intersessional.infra.auth.oidc.jwks_cache import (
    COOLDOWN_S,
    REFRESH_S,
    RETRY_MAX_S,
    RETRY_MIN_S,
    STALE_MAX_S,
    JwksCache,
)
from tests.infra.auth.auth_node import FakeTimer
from tests.infra.auth.fake_issuer import FakeIssuer, ec_key, okp_key

NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)
WAIT_MAX_S = 30


@pytest.fixture
def timer() -> FakeTimer:
    return FakeTimer()


@pytest.fixture
def keys(issuer: FakeIssuer, timer: FakeTimer) -> JwksCache:
    return JwksCache(issuer.keys_url, timer=timer)


async def wait_for_requests(issuer: FakeIssuer, times: int) -> None:
    async with asyncio.timeout(WAIT_MAX_S):
        while True:
            if issuer.requests >= times:
                return
            await asyncio.sleep(0.01)


async def assert_unknown(keys: JwksCache, key_id: str | None = "unknown") -> None:
    with pytest.raises(InvalidToken) as refused:
        await keys.key("ES256", key_id)

    assert refused.value.code == "TOKEN_REFUSED"


async def assert_unavailable(keys: JwksCache, key_id: str = "first") -> None:
    with pytest.raises(IssuerUnavailable) as refused:
        await keys.key("ES256", key_id)

    assert refused.value.code == "ISSUER_UNAVAILABLE"


async def test_keys_are_fetched_once_and_cached(keys: JwksCache, issuer: FakeIssuer) -> None:
    for _ in range(3):
        assert (await keys.key("ES256", "first")).kid == "first"

    assert issuer.requests == 1


async def test_concurrent_lookups_share_one_fetch(keys: JwksCache, issuer: FakeIssuer) -> None:
    issuer.may_respond.clear()
    waiting = [asyncio.create_task(keys.key("ES256", "first")) for _ in range(20)]
    await wait_for_requests(issuer, 1)

    waiting[0].cancel()
    issuer.may_respond.set()
    found = await asyncio.gather(*waiting, return_exceptions=True)

    assert isinstance(found[0], asyncio.CancelledError)
    assert [getattr(key, "kid", key) for key in found[1:]] == ["first"] * 19
    assert issuer.requests == 1


async def test_flood_of_unknown_keys_does_not_reach_the_issuer(
    keys: JwksCache, issuer: FakeIssuer, timer: FakeTimer
) -> None:
    await keys.key("ES256", "first")

    for n in range(50):
        await assert_unknown(keys, f"unknown {n}")

    assert issuer.requests == 1
    timer.seconds += COOLDOWN_S
    for n in range(50):
        await assert_unknown(keys, f"unknown {n}")
    assert issuer.requests == 2
    assert (await keys.key("ES256", "first")).kid == "first"


async def test_new_key_is_fetched_when_a_token_first_names_it(
    keys: JwksCache, issuer: FakeIssuer, timer: FakeTimer
) -> None:
    await keys.key("ES256", "first")
    timer.seconds += COOLDOWN_S
    issuer.rotate(ec_key("second"))

    assert (await keys.key("ES256", "second")).kid == "second"
    await assert_unknown(keys, "first")


async def test_withdrawn_key_is_refused_after_the_refresh(
    keys: JwksCache, issuer: FakeIssuer, timer: FakeTimer
) -> None:
    await keys.key("ES256", "first")
    issuer.rotate(ec_key("second"))

    timer.seconds += REFRESH_S
    assert (await keys.key("ES256", "first")).kid == "first"
    timer.seconds += 1

    await assert_unknown(keys, "first")
    assert issuer.requests == 2


async def test_unreachable_issuer_is_reported_and_recovers(
    keys: JwksCache, issuer: FakeIssuer, timer: FakeTimer
) -> None:
    issuer.stop()
    await assert_unavailable(keys)
    issuer.start()

    await assert_unavailable(keys)
    assert issuer.requests == 0
    timer.seconds += RETRY_MIN_S

    assert (await keys.key("ES256", "first")).kid == "first"
    await assert_unknown(keys)


async def test_unreachable_issuer_is_requested_less_and_less_often(
    keys: JwksCache, issuer: FakeIssuer, timer: FakeTimer
) -> None:
    issuer.publish_raw(b"", status=503)

    for _ in range(600):
        await assert_unavailable(keys)
        timer.seconds += 1

    # At once, after 1, 2, 4, 8, 16 and 32 seconds more, then every minute.
    assert RETRY_MAX_S == 60
    assert issuer.requests == 15


async def test_outage_of_the_issuer_does_not_affect_cached_keys(
    keys: JwksCache, issuer: FakeIssuer, timer: FakeTimer
) -> None:
    await keys.key("ES256", "first")
    issuer.stop()

    timer.seconds += STALE_MAX_S
    assert (await keys.key("ES256", "first")).kid == "first"
    await assert_unavailable(keys, "second")
    timer.seconds += 1

    await assert_unavailable(keys, "first")


async def test_lookup_of_a_cached_key_does_not_wait_during_an_outage(
    keys: JwksCache, issuer: FakeIssuer, timer: FakeTimer
) -> None:
    await keys.key("ES256", "first")
    issuer.publish_raw(b"", status=503)
    timer.seconds += REFRESH_S + 1
    await keys.key("ES256", "first")
    issuer.may_respond.clear()
    timer.seconds += RETRY_MIN_S

    asking = asyncio.create_task(keys.key("ES256", "first"))
    await wait_for_requests(issuer, 3)

    assert asking.done()
    assert (await asking).kid == "first"
    issuer.may_respond.set()


async def test_lookup_ends_after_the_longest_wait(issuer: FakeIssuer, timer: FakeTimer) -> None:
    keys = JwksCache(issuer.keys_url, timer=timer, wait_max_s=0.05)
    issuer.may_respond.clear()
    await assert_unavailable(keys)
    issuer.may_respond.set()

    async with asyncio.timeout(WAIT_MAX_S):
        while True:
            try:
                key = await keys.key("ES256", "first")
                break
            except IssuerUnavailable:
                continue

    assert key.kid == "first"
    assert issuer.requests == 1


async def test_token_without_a_key_id_means_the_only_matching_key(
    keys: JwksCache, issuer: FakeIssuer, timer: FakeTimer
) -> None:
    issuer.publish(ec_key("first"), okp_key("another kind"))
    assert (await keys.key("ES256", None)).kid == "first"

    issuer.publish(ec_key("first"), ec_key("second"))
    timer.seconds += REFRESH_S + 1

    await assert_unknown(keys, None)
    assert (await keys.key("ES256", "second")).kid == "second"


async def test_keys_of_two_types_may_have_the_same_id(keys: JwksCache, issuer: FakeIssuer) -> None:
    issuer.publish(okp_key("shared"), ec_key("shared"))

    assert (await keys.key("ES256", "shared")).key_type == "EC"
    assert (await keys.key("Ed25519", "shared")).key_type == "OKP"
