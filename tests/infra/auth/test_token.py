"""Verification of a token with a given key."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jws import JWSRegistry

from intersessional.infra.auth.errors import InvalidToken, TokenExpired
from intersessional.infra.auth.token import Token, TokenClaims, TokenRules
from tests.infra.auth.fake_issuer import AUDIENCE, FakeIssuer, ec_key
from tests.infra.auth.forged_tokens import base64, forge_token

NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)
LEEWAY_S = 30
ISSUER = FakeIssuer()
ISSUER.close()  # Nothing is asked of it: it signs.
RULES = TokenRules(issuer=ISSUER.url, audience=AUDIENCE, leeway_s=LEEWAY_S)


def seconds(after: float) -> float:
    return NOW.timestamp() + after


def verified(token: str) -> TokenClaims:
    return Token.parse(token).verify(ISSUER.key, RULES, NOW)


def refusal(token: str) -> InvalidToken:
    """The message of the refusal, which repeats no part of the token."""
    with pytest.raises(InvalidToken) as refused:
        verified(token)

    value = [part for part in [*token.split("."), "someone"] if len(part) > 3]
    assert not any(part in str(refused.value) for part in value)
    return refused.value


def test_valid_token_gives_subject_and_expiry() -> None:
    ends = seconds(3600)

    claims = verified(ISSUER.token(NOW, exp=ends, nbf=seconds(-1), iat=seconds(0)))

    assert claims == TokenClaims(
        subject="someone",
        issued_at=NOW - timedelta(seconds=LEEWAY_S),
        expires_at=NOW + timedelta(seconds=3600 + LEEWAY_S),
    )


def test_token_may_have_other_audiences_too() -> None:
    assert verified(ISSUER.token(NOW, aud=["another", AUDIENCE])).subject == "someone"


def test_clocks_may_differ_by_the_leeway() -> None:
    claims = verified(
        ISSUER.token(NOW, exp=seconds(1 - LEEWAY_S), nbf=seconds(LEEWAY_S), iat=seconds(LEEWAY_S))
    )

    assert claims.expires_at == NOW + timedelta(seconds=1)


def test_expired_token_gives_its_own_error() -> None:
    refused = refusal(ISSUER.token(NOW, exp=seconds(-LEEWAY_S)))

    assert isinstance(refused, TokenExpired)
    assert refused.code == "TOKEN_EXPIRED"


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"iss": "https://another.example"}, "issuer"),
        ({"iss": None}, "issuer"),
        ({"iss": 7}, "issuer"),
        ({"aud": "another"}, "audience"),
        ({"aud": ["another"]}, "audience"),
        ({"aud": []}, "audience"),
        ({"aud": {AUDIENCE: 1}}, "audience"),
        ({"aud": None}, "audience"),
        ({"nbf": seconds(LEEWAY_S + 1)}, "not valid yet"),
        ({"nbf": "now"}, "not valid yet"),
        ({"iat": seconds(LEEWAY_S + 1)}, "future"),
        ({"exp": None}, "expires"),
        ({"exp": True}, "expires"),
        ({"exp": "9999999999"}, "expires"),
        ({"exp": 1e300}, "expires"),
        ({"exp": 10**400}, "expires"),
        ({"sub": None}, "who"),
        ({"sub": ""}, "who"),
        ({"sub": 7}, "who"),
        ({"sub": "s" * 256}, "who"),
        ({"sub": "nul\0"}, "who"),
        ({"sub": "an accent: é"}, "who"),
    ],
)
def test_token_without_a_required_claim_is_refused(changed: dict[str, Any], word: str) -> None:
    refused = refusal(ISSUER.token(NOW, **changed))

    assert refused.code == "TOKEN_REFUSED"
    assert word in str(refused)


def test_token_with_changed_claims_is_refused() -> None:
    header, _, signature = ISSUER.token(NOW).split(".")
    _, claims, _ = ISSUER.token(NOW, sub="another").split(".")

    assert "signature" in str(refusal(f"{header}.{claims}.{signature}"))


def test_token_signed_by_another_key_is_refused() -> None:
    assert "signature" in str(refusal(ISSUER.token(NOW, by=ec_key())))


@pytest.mark.parametrize(
    "more", [{"crit": ["b64"], "b64": False}, {"crit": ["exp"]}, {"typ": "logout+jwt"}, {"typ": 7}]
)
def test_tokens_of_other_kinds_are_refused(more: dict[str, object]) -> None:
    token = forge_token({"alg": "ES256", **more}, ISSUER.claims(NOW), lambda _: b"0" * 64)

    assert "kind" in str(refusal(token))


def test_header_may_have_more_parameters() -> None:
    header = {"alg": "ES256", "typ": "at+jwt", "nonce": "n", "x5c": ["c" * 800]}
    lenient = JWSRegistry(algorithms=["ES256"], strict_check_header=False)

    token = jwt.encode(header, ISSUER.claims(NOW), ISSUER.key, registry=lenient)

    assert verified(token).subject == "someone"


@pytest.mark.parametrize("header", [7, None, [], ["alg"], "alg", {}, {"alg": 7}, {"alg": None}])
def test_header_that_is_no_json_object_is_refused(header: object) -> None:
    assert refusal(forge_token(header, ISSUER.claims(NOW), lambda _: b"0")).code == "TOKEN_REFUSED"


@pytest.mark.parametrize(
    "text", ["x", "a.b", "a.b.c.d", "..", "a.b.c=", "é.b.c", "a.b.c\n", "a.b." + "c" * 100_000]
)
def test_text_that_is_no_token_is_refused(text: str) -> None:
    assert "not a signed JSON Web Token" in str(refusal(text))


def test_header_nested_too_deep_is_refused() -> None:
    assert refusal(base64(b"[" * 9_000).decode() + ".b.c").code == "TOKEN_REFUSED"


@given(
    header=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text() | st.just("ES256"),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["alg", "kid"]), inner),
    ),
    claims=st.binary(),
    signature=st.binary(),
)
def test_random_text_is_refused(header: object, claims: bytes, signature: bytes) -> None:
    parts = (json.dumps(header).encode(), claims, signature)

    refusal(b".".join(map(base64, parts)).decode())


@given(
    claims=st.binary() | st.recursive(st.integers(), st.lists).map(lambda j: json.dumps(j).encode())
)
def test_random_signed_claims_are_refused(claims: bytes) -> None:
    signed = base64(b'{"alg":"ES256"}') + b"." + base64(claims)
    model = JWSRegistry.algorithms["ES256"]
    token = signed + b"." + base64(model.sign(signed, ISSUER.key))

    assert refusal(token.decode()).code == "TOKEN_REFUSED"
