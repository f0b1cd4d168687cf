"""What the server says to an issuer as its client, by Authlib."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from functools import cache
from ssl import SSLContext
from typing import Protocol, cast

import httpx2
from authlib.integrations.base_client import OAuthError  # type: ignore[import-untyped]
from authlib.integrations.httpx_client import AsyncOAuth2Client  # type: ignore[import-untyped]

from intersessional.infra.auth.errors import IssuerUnavailable, SignInRefused
from intersessional.infra.auth.oidc.issuer_json import BYTES_MAX
from intersessional.infra.auth.oidc.issuer_metadata import IssuerMetadata

TIMEOUT_S = 5.0
EXCHANGE_S = 10.0
"""The longest exchange of a code for tokens."""
SCOPE = "openid"
"""No profile and no e-mail: what a person shows is what they write themselves."""


class _Client(Protocol):
    """The part of Authlib's client that is used."""

    async def __aenter__(self) -> "_Client": ...

    async def __aexit__(self, *_: object) -> None: ...

    def create_authorization_url(
        self, url: str, *, state: str, nonce: str, code_verifier: str
    ) -> tuple[str, str]: ...

    async def fetch_token(
        self, url: str, *, grant_type: str, code: str, code_verifier: str
    ) -> dict[str, object]: ...


@dataclass(frozen=True, kw_only=True)
class TokenClient:
    """One client of an issuer: confidential with a secret, public without."""

    client_id: str
    client_secret: str | None = field(repr=False)

    def authorization_url(
        self, metadata: IssuerMetadata, redirect_uri: str, *, state: str, nonce: str, verifier: str
    ) -> str:
        """Where a browser asks for a code (RFC 6749 §4.1.1, RFC 7636 §4.3)."""
        url, _ = self._client(metadata, redirect_uri).create_authorization_url(
            metadata.authorization_endpoint, state=state, nonce=nonce, code_verifier=verifier
        )
        return url

    async def id_token(
        self, metadata: IssuerMetadata, redirect_uri: str, *, code: str, verifier: str
    ) -> str:
        """The ID token for a code. Raises SignInRefused, and IssuerUnavailable."""
        try:
            # The client's own timeout is for each chunk.
            async with asyncio.timeout(EXCHANGE_S), self._client(metadata, redirect_uri) as client:
                answer = await client.fetch_token(
                    metadata.token_endpoint,
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=verifier,
                )
        except OAuthError:
            raise SignInRefused("The sign-in service does not accept its own code.") from None
        except (httpx2.HTTPError, ValueError, TimeoutError):
            raise IssuerUnavailable from None
        id_token = answer.get("id_token")
        if not isinstance(id_token, str):
            raise SignInRefused("The sign-in service does not say who you are.")
        return id_token

    def _client(self, metadata: IssuerMetadata, redirect_uri: str) -> _Client:
        secret = self.client_secret
        client = AsyncOAuth2Client(
            self.client_id,
            secret,
            token_endpoint_auth_method=metadata.client_authentication if secret else "none",
            scope=SCOPE,
            redirect_uri=redirect_uri,
            code_challenge_method="S256",
            timeout=TIMEOUT_S,
            verify=_certificates(),
            # What is compressed has no bound.
            headers={"Accept-Encoding": "identity"},
            event_hooks={"response": [_bound]},
        )
        return cast("_Client", client)


class _BoundedStream(httpx2.AsyncByteStream):
    """The body of an answer, which ends with an error where it is too large."""

    def __init__(self, stream: httpx2.AsyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        async for chunk in self._stream:
            size += len(chunk)
            if size > BYTES_MAX:
                raise httpx2.ReadError(f"the answer has more than {BYTES_MAX} bytes")
            yield chunk

    async def aclose(self) -> None:
        await self._stream.aclose()


async def _bound(response: httpx2.Response) -> None:
    """Bound an answer before its body is read: the library reads it at once."""
    if "content-encoding" in response.headers:
        raise httpx2.DecodingError("the answer is compressed though nobody asked for that")
    response.stream = _BoundedStream(cast("httpx2.AsyncByteStream", response.stream))


@cache
def _certificates() -> SSLContext:
    """What an issuer's certificate is verified with; reading it takes some 20 ms, so once."""
    return httpx2.create_ssl_context()
