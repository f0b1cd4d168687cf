"""The steps of a browser that signs in."""

from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from pydantic import SecretStr

from intersessional.infra.auth import SignInRefused
from intersessional.infra.auth.oidc.authorization_code import (
    AuthorizationCodeFlow,
    SignInRequest,
)
from intersessional.infra.settings import Settings
from tests.infra.auth.auth_node import settings
from tests.infra.auth.sign_in_issuer import CLIENT, SignInIssuer

REDIRECT = "https://forum.example/sign-in/callback"
ANA = "ana@example.org"


def page_settings(issuer: SignInIssuer) -> Settings:
    """The settings of a node whose page signs in with this issuer."""
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


async def refusal(
    flow: AuthorizationCodeFlow, response: dict[str, str], transaction: str | None
) -> str:
    """Why a response is refused."""
    with pytest.raises(SignInRefused) as refused:
        await flow.finish(REDIRECT, response, transaction)
    return str(refused.value)


async def begun(flow: AuthorizationCodeFlow) -> tuple[SignInRequest, dict[str, str]]:
    """A sign-in, and the issuer's response to it."""
    request = await flow.begin(REDIRECT, "/drafts/1#p2")
    return request, visit(request.url)
