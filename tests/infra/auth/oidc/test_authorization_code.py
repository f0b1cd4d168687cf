"""Signing in with an issuer: only the browser that asked gets in, and only once."""

import asyncio
import gzip
from collections.abc import AsyncGenerator, Generator, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
import pytest
import pytest_asyncio
from joserfc import jwt
from pydantic import SecretStr

from intersessional.infra.auth import IssuerUnavailable, SignInRefused
from intersessional.infra.auth.oidc.authorization_code import (
    LIFETIME,
    AuthorizationCodeFlow,
    SignInRequest,
)
from intersessional.infra.auth.oidc.discovery import Discovery
from intersessional.infra.auth.oidc.token_client import TokenClient
from intersessional.infra.clock import now
from intersessional.infra.settings import Settings
from tests.databases import fresh_database
from tests.infra.auth.auth_node import AuthNode, ShiftedClock, open_node, settings
from tests.infra.auth.fake_issuer import JwksResponse, ec_key
from tests.infra.auth.forged_tokens import forge_token
from tests.infra.auth.sign_in_issuer import CLIENT, Misconduct, SignInIssuer, run_sign_in_issuer

REDIRECT = "https://forum.example/sign-in/callback"
ANA = "ana@example.org"


pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.fixture(scope="module")
def issuer() -> Generator[SignInIssuer]:
    with run_sign_in_issuer() as issuer:
        yield issuer


@pytest.fixture(scope="module")
def clock() -> ShiftedClock:
    return ShiftedClock()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def node(
    postgres: str, migrated: str, issuer: SignInIssuer, clock: ShiftedClock
) -> AsyncGenerator[AuthNode]:
    """A node that the tests share, whose clock one of them shifts."""
    async with (
        fresh_database(postgres, migrated) as dsn,
        open_node(dsn, page_settings(issuer), clock=clock) as node,
    ):
        yield node


@pytest.fixture
def flow(node: AuthNode, issuer: SignInIssuer, clock: ShiftedClock) -> AuthorizationCodeFlow:
    """The flow of the node, with an issuer of good conduct that was not asked before."""
    issuer.misconduct, issuer.subject, clock.ahead = Misconduct(), ANA, timedelta(0)
    issuer.refused.clear()
    assert node.authenticator.sign_in is not None
    return replace(node.authenticator.sign_in, discovery=Discovery(issuer.url))


def page_settings(issuer: SignInIssuer) -> Settings:
    secret = SecretStr(issuer.secret) if issuer.secret else None
    return settings().model_copy(
        update={
            "oidc_issuer": issuer.url,
            "oidc_client_id": CLIENT,
            "oidc_client_secret": secret,
        }
    )


def ask(url: str) -> httpx.Response:
    """The answer to a browser, without following it."""
    return httpx.get(url, timeout=30, trust_env=False, verify=False)


def visit(url: str) -> dict[str, str]:
    """The parameters with which the issuer sends a browser back."""
    location = ask(url).headers["location"]
    assert location.startswith(f"{REDIRECT}?")
    return dict(parse_qsl(urlsplit(location).query))


def without(url: str, *names: str) -> str:
    """A URL without some of its parameters."""
    parts = urlsplit(url)
    left = [(name, value) for name, value in parse_qsl(parts.query) if name not in names]
    return parts._replace(query=urlencode(left)).geturl()


async def refusal(
    flow: AuthorizationCodeFlow, response: dict[str, str], transaction: str | None
) -> str:
    with pytest.raises(SignInRefused) as refused:
        await flow.finish(REDIRECT, response, transaction)
    return str(refused.value)


async def begun(flow: AuthorizationCodeFlow) -> tuple[SignInRequest, dict[str, str]]:
    request = await flow.begin(REDIRECT, "/drafts/1#p2")
    return request, visit(request.url)


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


@pytest.mark.parametrize("issuer_named", ["https://evil.example", ""])
async def test_response_of_another_issuer_is_refused(
    flow: AuthorizationCodeFlow, issuer: SignInIssuer, issuer_named: str
) -> None:
    issuer.misconduct.response = {"iss": issuer_named}
    request, response = await begun(flow)

    assert "another issuer" in await refusal(flow, response, request.transaction)
    assert not issuer.refused


async def test_issuer_that_does_not_name_itself_is_accepted_where_it_says_so(
    flow: AuthorizationCodeFlow, issuer: SignInIssuer
) -> None:
    issuer.misconduct.metadata = {"authorization_response_iss_parameter_supported": False}
    issuer.misconduct.response = {"iss": ""}
    request, response = await begun(flow)

    await flow.finish(REDIRECT, response, request.transaction)


async def test_refusal_of_the_issuer_signs_nobody_in(flow: AuthorizationCodeFlow) -> None:
    request, response = await begun(flow)

    assert "did not sign you in" in await refusal(
        flow, response | {"error": "access_denied"}, request.transaction
    )


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


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": None},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"jwks_uri": "file:///etc/passwd"},
    ],
)
async def test_metadata_of_another_issuer_is_not_used(
    flow: AuthorizationCodeFlow, issuer: SignInIssuer, metadata: dict[str, Any]
) -> None:
    issuer.misconduct.metadata = metadata

    with pytest.raises(IssuerUnavailable):
        await flow.begin(REDIRECT, "/")


async def test_issuer_that_is_away_is_unavailable(
    flow: AuthorizationCodeFlow, issuer: SignInIssuer
) -> None:
    request, response = await begun(flow)

    issuer.misconduct.status = 502
    with pytest.raises(IssuerUnavailable):
        await flow.finish(REDIRECT, response, request.transaction)
    issuer.stop()
    try:
        with pytest.raises(IssuerUnavailable):
            await flow.finish(REDIRECT, response, request.transaction)
    finally:
        issuer.start()


async def test_large_answer_to_a_code_is_not_read_to_its_end(
    flow: AuthorizationCodeFlow, issuer: SignInIssuer
) -> None:
    json = {"Content-Type": "application/json"}
    sent_bytes: list[int] = []

    def large() -> Iterator[bytes]:
        for _ in range(1_600):
            sent_bytes.append(64 * 1024)
            yield b" " * sent_bytes[-1]

    compressed = [gzip.compress(b"{}")]
    for headers, body in ((json, large()), (json | {"Content-Encoding": "gzip"}, compressed)):
        request, response = await begun(flow)
        issuer.misconduct.token_answer = JwksResponse(headers=headers, body=body)

        with pytest.raises(IssuerUnavailable):
            await flow.finish(REDIRECT, response, request.transaction)

    # The system takes some megabytes that the node does not read.
    assert sum(sent_bytes) < 50_000_000


async def test_metadata_is_fetched_once_for_many(
    flow: AuthorizationCodeFlow, issuer: SignInIssuer
) -> None:
    before = issuer.requests
    for _ in range(3):
        await flow.begin(REDIRECT, "/")

    assert issuer.requests == before + 1


async def test_clock_of_the_issuer_may_differ_a_little(
    flow: AuthorizationCodeFlow, issuer: SignInIssuer
) -> None:
    issuer.misconduct.claims = {"iat": int(now().timestamp()) + 20}
    request, response = await begun(flow)

    await flow.finish(REDIRECT, response, request.transaction)
