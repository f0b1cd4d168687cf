"""An issuer that is away, or answers for another one, signs nobody in."""

import gzip
from collections.abc import Iterator
from typing import Any

import pytest

from intersessional.infra.auth import IssuerUnavailable
from intersessional.infra.auth.oidc.authorization_code import (
    AuthorizationCodeFlow,
)
from tests.infra.auth.fake_issuer import JwksResponse
from tests.infra.auth.oidc.authorization_code.sign_in_steps import REDIRECT, begun, refusal
from tests.infra.auth.sign_in_issuer import SignInIssuer

pytestmark = pytest.mark.asyncio(loop_scope="session")


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
