"""What an issuer publishes, and what is made of it."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from joserfc.jwk import ECKey, OctKey

from intersessional.infra.auth.jwks import BYTES_MAX, JwksUnavailable, fetch_jwks
from tests.infra.auth.issuer import Issuer, ec_key, public, rsa_key


def not_fetched(url: str, **how: Any) -> str:
    with pytest.raises(JwksUnavailable) as error:
        fetch_jwks(url, **how)
    return str(error.value)


def test_the_public_keys_are_fetched(issuer: Issuer) -> None:
    issuer.publish(ec_key("one"), rsa_key("rsa"))

    keys = fetch_jwks(issuer.keys_url)

    assert [key.kid for key in keys] == ["one", "rsa"]


@pytest.mark.filterwarnings("ignore:Key size should be")
def test_keys_of_no_use_here_do_no_harm_to_the_others(issuer: Issuer) -> None:
    published: list[object] = [
        public(ec_key("good")),
        public(ECKey.generate_key("P-256", {"kid": "for encryption", "use": "enc"})),
        OctKey.generate_key(256, {"kid": "a secret that is none"}).as_dict(),
        public(rsa_key("too small", 1024)),
        {"kty": "of tomorrow", "kid": "unknown kind"},
        {"kty": "RSA", "kid": "without a modulus"},
        {"kid": "without a kind"},
        {"kty": "EC", "kid": "no point", "crv": "P-256", "x": "AAAA", "y": "AAAA"},
        None,
        [],
    ]
    issuer.publish_badly(json.dumps({"keys": published}).encode())

    assert [key.kid for key in fetch_jwks(issuer.keys_url)] == ["good"]


@given(
    odd=st.recursive(
        st.none() | st.integers() | st.text() | st.sampled_from(["RSA", "EC", "OKP", "P-256"]),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(["kty", "crv", "n", "e", "x", "y", "use", "d"]), inner
            )
        ),
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_else_is_published_the_good_key_is_found(issuer: Issuer, odd: object) -> None:
    issuer.publish_badly(json.dumps({"keys": [odd, public(issuer.key)]}).encode())

    assert "first" in [key.kid for key in fetch_jwks(issuer.keys_url)]


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"7", b"[]", b"{}", b'{"keys": {}}', b'{"keys": "k"}', b"[" * 100_000]
)
def test_what_is_no_set_of_keys_is_not_fetched(issuer: Issuer, body: bytes) -> None:
    issuer.publish_badly(body)

    assert not_fetched(issuer.keys_url)


def test_a_set_without_a_key_that_checks_signatures_is_as_good_as_none(issuer: Issuer) -> None:
    issuer.publish_badly(b'{"keys": []}')

    assert "no key" in not_fetched(issuer.keys_url)


def test_a_set_that_does_not_end_is_not_fetched(issuer: Issuer) -> None:
    issuer.publish_badly(b" " * (BYTES_MAX + 1))

    assert "more than" in not_fetched(issuer.keys_url)


def test_keys_that_trickle_in_are_not_waited_for(issuer: Issuer) -> None:
    issuer.trickle()

    assert "too slowly" in not_fetched(issuer.keys_url, timeout_s=0.2)


def test_an_issuer_that_says_nothing_is_not_waited_for(issuer: Issuer) -> None:
    issuer.answering.clear()

    assert "TimeoutError" in not_fetched(issuer.keys_url, timeout_s=0.2)


def test_nobody_is_sent_elsewhere_for_keys(issuer: Issuer) -> None:
    issuer.publish_badly(b"", status=302, Location="/elsewhere")

    assert "302" in not_fetched(issuer.keys_url)
    assert issuer.asked == 1


def test_keys_come_over_the_web_only() -> None:
    assert not_fetched("file:///etc/hosts")
