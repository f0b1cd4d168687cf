"""Fetching the key set of an issuer."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from joserfc.jwk import ECKey, OctKey

from intersessional.infra.auth.oidc.issuer_json import BYTES_MAX
from intersessional.infra.auth.oidc.jwks import JwksUnavailable, fetch_jwks
from tests.infra.auth.fake_issuer import FakeIssuer, ec_key, public, rsa_key


def fetch_error(url: str, **how: Any) -> str:
    with pytest.raises(JwksUnavailable) as error:
        fetch_jwks(url, **how)
    return str(error.value)


def test_public_keys_are_fetched(issuer: FakeIssuer) -> None:
    issuer.publish(ec_key("one"), rsa_key("rsa"))

    keys = fetch_jwks(issuer.keys_url)

    assert [key.kid for key in keys] == ["one", "rsa"]


@pytest.mark.filterwarnings("ignore:Key size should be")
def test_unusable_keys_do_not_affect_the_others(issuer: FakeIssuer) -> None:
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
    issuer.publish_raw(json.dumps({"keys": published}).encode())

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
def test_valid_key_is_found_beside_any_other_member(issuer: FakeIssuer, odd: object) -> None:
    issuer.publish_raw(json.dumps({"keys": [odd, public(issuer.key)]}).encode())

    assert "first" in [key.kid for key in fetch_jwks(issuer.keys_url)]


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"7", b"[]", b"{}", b'{"keys": {}}', b'{"keys": "k"}', b"[" * 100_000]
)
def test_response_that_is_no_key_set_is_an_error(issuer: FakeIssuer, body: bytes) -> None:
    issuer.publish_raw(body)

    assert fetch_error(issuer.keys_url)


def test_key_set_without_a_signature_key_is_an_error(issuer: FakeIssuer) -> None:
    issuer.publish_raw(b'{"keys": []}')

    assert "no key" in fetch_error(issuer.keys_url)


def test_response_that_does_not_end_is_an_error(issuer: FakeIssuer) -> None:
    issuer.publish_raw(b" " * (BYTES_MAX + 1))

    assert "more than" in fetch_error(issuer.keys_url)


def test_slow_response_ends_at_the_timeout(issuer: FakeIssuer) -> None:
    issuer.publish_slowly()

    ended = fetch_error(issuer.keys_url, timeout_s=0.2)

    # On a slow machine no byte may come for so long.
    assert "too slowly" in ended or "TimeoutError" in ended


def test_silent_issuer_ends_at_the_timeout(issuer: FakeIssuer) -> None:
    issuer.may_respond.clear()

    assert "TimeoutError" in fetch_error(issuer.keys_url, timeout_s=0.2)


def test_redirect_is_not_followed(issuer: FakeIssuer) -> None:
    issuer.publish_raw(b"", status=302, Location="/elsewhere")

    assert "302" in fetch_error(issuer.keys_url)
    assert issuer.requests == 1


def test_url_of_another_scheme_is_refused() -> None:
    assert fetch_error("file:///etc/hosts")
