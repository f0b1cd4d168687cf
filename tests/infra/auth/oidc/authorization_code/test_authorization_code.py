"""Signing in with an issuer: only the browser that asked gets in, and only once."""

import asyncio
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from intersessional.infra.auth import SignInRefused
from intersessional.infra.auth.oidc.authorization_code import (
    LIFETIME,
    AuthorizationCodeFlow,
)
from intersessional.infra.auth.oidc.token_client import TokenClient
from tests.infra.auth.auth_node import ShiftedClock
from tests.infra.auth.forged_tokens import forge_token
from tests.infra.auth.oidc.authorization_code.sign_in_steps import (
    REDIRECT,
    ask,
    begun,
    refusal,
    visit,
)
from tests.infra.auth.sign_in_issuer import CLIENT, SignInIssuer

pytestmark = pytest.mark.asyncio(loop_scope="session")


def without(url: str, *names: str) -> str:
    """A URL without some of its parameters."""
    parts = urlsplit(url)
    left = [(name, value) for name, value in parse_qsl(parts.query) if name not in names]
    return parts._replace(query=urlencode(left)).geturl()


async def test_person_who_signs_in_gets_one_pseudonym(
    flow: AuthorizationCodeFlow, issuer: SignInIssuer
) -> None:
    request, response = await begun(flow)
    person, path = await flow.finish(REDIRECT, response, request.transaction)
    again, second = await begun(flow)
    issuer.subject = "ben@example.org"
    other, third = await begun(flow)

    assert path == "/drafts/1#p2"
    assert (await flow.finish(REDIRECT, second, again.transaction))[0] == person
    assert (await flow.finish(REDIRECT, third, other.transaction))[0] != person
    assert not issuer.refused


async def test_confidential_client_proves_itself(
    flow: AuthorizationCodeFlow, issuer: SignInIssuer
) -> None:
    issuer.secret = "a secret: of the page"
    client = TokenClient(client_id=CLIENT, client_secret=issuer.secret)
    confidential = replace(flow, client=client)
    request, response = await begun(confidential)
    try:
        assert (await confidential.finish(REDIRECT, response, request.transaction))[1]
        again, second = await begun(flow)
        await refusal(flow, second, again.transaction)
    finally:
        issuer.secret = None

    assert issuer.refused == ["invalid_client"]
    assert "a secret" not in repr(confidential)


async def test_issuer_learns_a_challenge_and_no_verifier(flow: AuthorizationCodeFlow) -> None:
    request = await flow.begin(REDIRECT, "/")

    asked = dict(parse_qsl(urlsplit(request.url).query))

    assert asked["code_challenge_method"] == "S256"
    assert asked["scope"] == "openid"
    assert "code_verifier" not in asked
    assert request.transaction not in repr(request)


async def test_code_is_of_no_use_without_its_verifier(
    flow: AuthorizationCodeFlow, issuer: SignInIssuer
) -> None:
    _, stolen = await begun(flow)
    thief = await flow.begin(REDIRECT, "/")
    state = dict(parse_qsl(urlsplit(thief.url).query))["state"]

    await refusal(flow, stolen | {"state": state}, thief.transaction)

    assert issuer.refused == ["invalid_grant"]


async def test_issuer_that_gets_no_challenge_gives_no_code(
    flow: AuthorizationCodeFlow, issuer: SignInIssuer
) -> None:
    request = await flow.begin(REDIRECT, "/")

    assert ask(without(request.url, "code_challenge")).status_code == 400


async def test_response_to_another_browser_is_refused(flow: AuthorizationCodeFlow) -> None:
    _, response = await begun(flow)
    other, _ = await begun(flow)

    assert "another sign-in" in await refusal(flow, response, other.transaction)
    assert "not begun" in await refusal(flow, response, None)


@pytest.mark.parametrize("state", ["", "x", "\u00e9", None])
async def test_response_with_another_state_is_refused(
    flow: AuthorizationCodeFlow, state: str | None
) -> None:
    request, response = await begun(flow)
    changed = {name: value for name, value in response.items() if name != "state"}

    await refusal(flow, changed | ({} if state is None else {"state": state}), request.transaction)


async def test_transaction_is_used_once(flow: AuthorizationCodeFlow, issuer: SignInIssuer) -> None:
    request, response = await begun(flow)
    await flow.finish(REDIRECT, response, request.transaction)
    issuer.misconduct.accepts_codes_twice = True

    assert "used already" in await refusal(flow, response, request.transaction)
    assert "used already" in await refusal(flow, visit(request.url), request.transaction)


async def test_code_is_used_once(flow: AuthorizationCodeFlow, issuer: SignInIssuer) -> None:
    request, response = await begun(flow)
    issuer.misconduct.claims = {"nonce": "another"}
    await refusal(flow, response, request.transaction)
    issuer.misconduct.claims = {}

    await refusal(flow, response, request.transaction)

    assert issuer.refused == ["invalid_grant"]


async def test_of_two_responses_at_once_one_signs_in(flow: AuthorizationCodeFlow) -> None:
    request, response = await begun(flow)

    results = await asyncio.gather(
        *(flow.finish(REDIRECT, response, request.transaction) for _ in range(2)),
        return_exceptions=True,
    )

    assert {type(one) for one in results} == {SignInRefused, tuple}


async def test_transaction_expires(flow: AuthorizationCodeFlow, clock: ShiftedClock) -> None:
    request, response = await begun(flow)

    clock.ahead = LIFETIME * 2

    assert "long ago" in await refusal(flow, response, request.transaction)


async def test_session_token_is_no_transaction(flow: AuthorizationCodeFlow) -> None:
    _, response = await begun(flow)
    claims = {"iss": "session", "aud": "sign-in", "sub": "sign-in", "exp": 9_999_999_999}

    for forged in (
        forge_token({"alg": "none"}, claims, lambda _: b"0"),
        forge_token({"alg": "HS256"}, claims, lambda _: b"0" * 32),
    ):
        assert "not begun" in await refusal(flow, response, forged)
