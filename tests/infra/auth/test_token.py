"""What a token must be and say, once the key is known."""

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
from tests.infra.auth.forged import base64, by_hand
from tests.infra.auth.issuer import AUDIENCE, Issuer, ec_key

NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)
LEEWAY_S = 30
ISSUER = Issuer()
RULES = TokenRules(issuer=ISSUER.url, audience=AUDIENCE, leeway_s=LEEWAY_S)


def seconds(after: float) -> float:
    return NOW.timestamp() + after


def checked(token: str) -> TokenClaims:
    return Token.read(token).check(ISSUER.key, RULES, NOW)


def refusal(token: str) -> InvalidToken:
    """How the token is refused: in a sentence that repeats nothing of it."""
    with pytest.raises(InvalidToken) as refused:
        checked(token)

    told = [part for part in [*token.split("."), "someone"] if len(part) > 3]
    assert not any(part in str(refused.value) for part in told)
    return refused.value


def test_a_good_token_says_who_is_signed_in_and_for_how_long() -> None:
    ends = seconds(3600)

    claims = checked(ISSUER.token(NOW, exp=ends, nbf=seconds(-1), iat=seconds(0)))

    assert claims == TokenClaims(
        subject="someone",
        issued_at=NOW - timedelta(seconds=LEEWAY_S),
        expires_at=NOW + timedelta(seconds=3600 + LEEWAY_S),
    )


def test_it_may_be_meant_for_others_too() -> None:
    assert checked(ISSUER.token(NOW, aud=["another", AUDIENCE])).subject == "someone"


def test_clocks_may_differ_by_the_leeway() -> None:
    claims = checked(
        ISSUER.token(NOW, exp=seconds(1 - LEEWAY_S), nbf=seconds(LEEWAY_S), iat=seconds(LEEWAY_S))
    )

    assert claims.expires_at == NOW + timedelta(seconds=1)


def test_what_has_expired_says_so() -> None:
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
def test_what_a_token_must_say(changed: dict[str, Any], word: str) -> None:
    refused = refusal(ISSUER.token(NOW, **changed))

    assert refused.code == "TOKEN_REFUSED"
    assert word in str(refused)


def test_claims_that_were_changed_are_refused() -> None:
    header, _, signature = ISSUER.token(NOW).split(".")
    _, claims, _ = ISSUER.token(NOW, sub="another").split(".")

    assert "signature" in str(refusal(f"{header}.{claims}.{signature}"))


def test_a_signature_by_another_key_is_refused() -> None:
    assert "signature" in str(refusal(ISSUER.token(NOW, by=ec_key())))


@pytest.mark.parametrize(
    "more", [{"crit": ["b64"], "b64": False}, {"crit": ["exp"]}, {"typ": "logout+jwt"}, {"typ": 7}]
)
def test_tokens_of_other_kinds_are_refused(more: dict[str, object]) -> None:
    token = by_hand({"alg": "ES256", **more}, ISSUER.claims(NOW), lambda _: b"0" * 64)

    assert "kind" in str(refusal(token))


def test_a_header_may_say_more_than_is_needed() -> None:
    header = {"alg": "ES256", "typ": "at+jwt", "nonce": "n", "x5c": ["c" * 800]}
    lenient = JWSRegistry(algorithms=["ES256"], strict_check_header=False)

    token = jwt.encode(header, ISSUER.claims(NOW), ISSUER.key, registry=lenient)

    assert checked(token).subject == "someone"


@pytest.mark.parametrize("header", [7, None, [], ["alg"], "alg", {}, {"alg": 7}, {"alg": None}])
def test_a_header_that_is_none_is_refused(header: object) -> None:
    assert refusal(by_hand(header, ISSUER.claims(NOW), lambda _: b"0")).code == "TOKEN_REFUSED"


@pytest.mark.parametrize(
    "text", ["x", "a.b", "a.b.c.d", "..", "a.b.c=", "é.b.c", "a.b.c\n", "a.b." + "c" * 100_000]
)
def test_what_is_no_token_is_refused(text: str) -> None:
    assert "not a signed JSON Web Token" in str(refusal(text))


def test_a_header_that_nests_without_end_is_refused() -> None:
    assert refusal(base64(b"[" * 9_000).decode() + ".b.c").code == "TOKEN_REFUSED"


@given(
    header=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text() | st.just("ES256"),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["alg", "kid"]), inner),
    ),
    claims=st.binary(),
    signature=st.binary(),
)
def test_whatever_is_sent_is_refused_and_nothing_worse(
    header: object, claims: bytes, signature: bytes
) -> None:
    parts = (json.dumps(header).encode(), claims, signature)

    refusal(b".".join(map(base64, parts)).decode())


@given(
    claims=st.binary() | st.recursive(st.integers(), st.lists).map(lambda j: json.dumps(j).encode())
)
def test_whatever_the_issuer_signed_is_refused_and_nothing_worse(claims: bytes) -> None:
    signed = base64(b'{"alg":"ES256"}') + b"." + base64(claims)
    model = JWSRegistry.algorithms["ES256"]
    token = signed + b"." + base64(model.sign(signed, ISSUER.key))

    assert refusal(token.decode()).code == "TOKEN_REFUSED"
