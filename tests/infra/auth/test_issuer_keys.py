"""Keys are fetched when they are needed, and no oftener than the issuer can bear."""

import asyncio
from datetime import UTC, datetime

import pytest

from intersessional.infra.auth.errors import InvalidToken, IssuerUnavailable
from intersessional.infra.auth.jwks_cache import (
    FRESH_S,
    KEPT_S,
    PAUSE_S,
    RETRY_MAX_S,
    RETRY_MIN_S,
    JwksCache,
)
from tests.infra.auth.issuer import Issuer, ec_key, okp_key
from tests.infra.auth.node import Timer

NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)
WAIT_MAX_S = 10


@pytest.fixture
def timer() -> Timer:
    return Timer()


@pytest.fixture
def keys(issuer: Issuer, timer: Timer) -> JwksCache:
    return JwksCache(issuer.keys_url, timer=timer)


async def until_asked(issuer: Issuer, times: int) -> None:
    async with asyncio.timeout(WAIT_MAX_S):
        while True:
            if issuer.asked >= times:
                return
            await asyncio.sleep(0.01)


async def unknown(keys: JwksCache, key_id: str | None = "unknown") -> None:
    with pytest.raises(InvalidToken) as refused:
        await keys.key("ES256", key_id)

    assert refused.value.code == "TOKEN_REFUSED"


async def unavailable(keys: JwksCache, key_id: str = "first") -> None:
    with pytest.raises(IssuerUnavailable) as refused:
        await keys.key("ES256", key_id)

    assert refused.value.code == "ISSUER_UNAVAILABLE"


async def test_keys_are_fetched_once_and_kept(keys: JwksCache, issuer: Issuer) -> None:
    for _ in range(3):
        assert (await keys.key("ES256", "first")).kid == "first"

    assert issuer.asked == 1


async def test_who_needs_them_at_once_shares_one_fetch(keys: JwksCache, issuer: Issuer) -> None:
    issuer.answering.clear()
    waiting = [asyncio.create_task(keys.key("ES256", "first")) for _ in range(20)]
    await until_asked(issuer, 1)

    waiting[0].cancel()
    issuer.answering.set()
    found = await asyncio.gather(*waiting, return_exceptions=True)

    assert isinstance(found[0], asyncio.CancelledError)
    assert [getattr(key, "kid", key) for key in found[1:]] == ["first"] * 19
    assert issuer.asked == 1


async def test_a_flood_of_unknown_keys_does_not_reach_the_issuer(
    keys: JwksCache, issuer: Issuer, timer: Timer
) -> None:
    await keys.key("ES256", "first")

    for n in range(50):
        await unknown(keys, f"unknown {n}")

    assert issuer.asked == 1
    timer.seconds += PAUSE_S
    for n in range(50):
        await unknown(keys, f"unknown {n}")
    assert issuer.asked == 2
    assert (await keys.key("ES256", "first")).kid == "first"


async def test_a_new_key_is_found_when_a_token_first_names_it(
    keys: JwksCache, issuer: Issuer, timer: Timer
) -> None:
    await keys.key("ES256", "first")
    timer.seconds += PAUSE_S
    issuer.rotate(ec_key("second"))

    assert (await keys.key("ES256", "second")).kid == "second"
    await unknown(keys, "first")


async def test_a_key_that_is_withdrawn_is_soon_refused(
    keys: JwksCache, issuer: Issuer, timer: Timer
) -> None:
    await keys.key("ES256", "first")
    issuer.rotate(ec_key("second"))

    timer.seconds += FRESH_S
    assert (await keys.key("ES256", "first")).kid == "first"
    timer.seconds += 1

    await unknown(keys, "first")
    assert issuer.asked == 2


async def test_an_issuer_that_is_down_is_said_to_be_and_found_again(
    keys: JwksCache, issuer: Issuer, timer: Timer
) -> None:
    issuer.stop()
    await unavailable(keys)
    issuer.start()

    await unavailable(keys)
    assert issuer.asked == 0
    timer.seconds += RETRY_MIN_S

    assert (await keys.key("ES256", "first")).kid == "first"
    await unknown(keys)


async def test_who_is_down_for_long_is_asked_more_and_more_rarely(
    keys: JwksCache, issuer: Issuer, timer: Timer
) -> None:
    issuer.publish_badly(b"", status=503)

    for _ in range(600):
        await unavailable(keys)
        timer.seconds += 1

    # At once, after 1, 2, 4, 8, 16 and 32 seconds more, then every minute.
    assert RETRY_MAX_S == 60
    assert issuer.asked == 15


async def test_an_outage_lets_those_in_who_have_a_known_key(
    keys: JwksCache, issuer: Issuer, timer: Timer
) -> None:
    await keys.key("ES256", "first")
    issuer.stop()

    timer.seconds += KEPT_S
    assert (await keys.key("ES256", "first")).kid == "first"
    await unavailable(keys, "second")
    timer.seconds += 1

    await unavailable(keys, "first")


async def test_during_an_outage_nobody_with_a_known_key_waits(
    keys: JwksCache, issuer: Issuer, timer: Timer
) -> None:
    await keys.key("ES256", "first")
    issuer.publish_badly(b"", status=503)
    timer.seconds += FRESH_S + 1
    await keys.key("ES256", "first")
    issuer.answering.clear()
    timer.seconds += RETRY_MIN_S

    asking = asyncio.create_task(keys.key("ES256", "first"))
    await until_asked(issuer, 3)

    assert asking.done()
    assert (await asking).kid == "first"
    issuer.answering.set()


async def test_nobody_waits_for_ever(issuer: Issuer, timer: Timer) -> None:
    keys = JwksCache(issuer.keys_url, timer=timer, wait_max_s=0.05)
    issuer.answering.clear()
    await unavailable(keys)
    issuer.answering.set()

    async with asyncio.timeout(WAIT_MAX_S):
        while True:
            try:
                key = await keys.key("ES256", "first")
                break
            except IssuerUnavailable:
                continue

    assert key.kid == "first"
    assert issuer.asked == 1


async def test_without_a_name_only_the_one_fit_key_is_meant(
    keys: JwksCache, issuer: Issuer, timer: Timer
) -> None:
    issuer.publish(ec_key("first"), okp_key("another kind"))
    assert (await keys.key("ES256", None)).kid == "first"

    issuer.publish(ec_key("first"), ec_key("second"))
    timer.seconds += FRESH_S + 1

    await unknown(keys, None)
    assert (await keys.key("ES256", "second")).kid == "second"


async def test_two_kinds_of_key_may_share_a_name(keys: JwksCache, issuer: Issuer) -> None:
    issuer.publish(okp_key("shared"), ec_key("shared"))

    assert (await keys.key("ES256", "shared")).key_type == "EC"
    assert (await keys.key("Ed25519", "shared")).key_type == "OKP"
