"""Only an ID token that the issuer signed for this sign-in is accepted."""

from typing import Any

import pytest
from joserfc import jwt

from intersessional.infra.auth.oidc.authorization_code import (
    AuthorizationCodeFlow,
)
from intersessional.infra.clock import now
from tests.infra.auth.fake_issuer import ec_key
from tests.infra.auth.forged_tokens import forge_token
from tests.infra.auth.oidc.authorization_code.sign_in_steps import REDIRECT, begun, refusal
from tests.infra.auth.sign_in_issuer import CLIENT, SignInIssuer

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "another-client"},
        {"aud": [CLIENT, "another-client"], "azp": "another-client"},
        {"iss": "https://evil.example"},
        {"exp": 1},
        {"sub": None},
        {"sub": "a\nb"},
    ],
)
async def test_id_token_with_another_claim_is_refused(
    flow: AuthorizationCodeFlow, issuer: SignInIssuer, claims: dict[str, Any]
) -> None:
    issuer.misconduct.claims = claims
    request, response = await begun(flow)

    await refusal(flow, response, request.transaction)


def unsigned(claims: dict[str, Any]) -> str:
    return forge_token({"alg": "none"}, claims, lambda _: b"")


def signed_with_nothing(claims: dict[str, Any]) -> str:
    return forge_token({"alg": "none"}, claims, lambda _: b"0")


def signed_with_a_shared_secret(claims: dict[str, Any]) -> str:
    return forge_token({"alg": "HS256", "kid": "first"}, claims, lambda _: b"0" * 32)


def signed_with_a_key_of_nobody(claims: dict[str, Any]) -> str:
    return jwt.encode({"alg": "ES256", "kid": "first"}, claims, ec_key())


def no_token(_: dict[str, Any]) -> str:
    return "no token"


def nothing(_: dict[str, Any]) -> None:
    return None


@pytest.mark.parametrize(
    "make",
    [
        unsigned,
        signed_with_nothing,
        signed_with_a_shared_secret,
        signed_with_a_key_of_nobody,
        no_token,
        nothing,
    ],
)
async def test_id_token_that_the_issuer_did_not_sign_is_refused(
    flow: AuthorizationCodeFlow, issuer: SignInIssuer, make: Any
) -> None:
    issuer.misconduct.id_token = make
    request, response = await begun(flow)

    await refusal(flow, response, request.transaction)


async def test_clock_of_the_issuer_may_differ_a_little(
    flow: AuthorizationCodeFlow, issuer: SignInIssuer
) -> None:
    issuer.misconduct.claims = {"iat": int(now().timestamp()) + 20}
    request, response = await begun(flow)

    await flow.finish(REDIRECT, response, request.transaction)
