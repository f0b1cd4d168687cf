"""The metadata that an issuer publishes of itself (OpenID Connect Discovery 1.0 §3)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Self, cast
from urllib.parse import urlsplit

PATH = "/.well-known/openid-configuration"


@dataclass(frozen=True, kw_only=True)
class IssuerMetadata:
    """The endpoints of an issuer, and what it says of its answers."""

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    names_itself: bool
    """Whether its answers have the parameter ``iss`` (RFC 9207)."""
    client_authentication: str
    """How a client with a secret proves itself at the token endpoint."""

    @classmethod
    def of(cls, document: object, issuer: str) -> Self:
        """The metadata of this issuer. Raises ValueError for what is none of it."""
        if not isinstance(document, dict):
            raise ValueError("what is published there is no metadata of an issuer")
        fields = cast("dict[str, Any]", document)
        if fields.get("issuer") != issuer:
            # Another issuer's metadata would be a mix-up (OpenID Connect Discovery 1.0 §4.3).
            raise ValueError("what is published there is the metadata of another issuer")
        schemes = ("https", urlsplit(issuer).scheme)
        return cls(
            authorization_endpoint=_endpoint(fields, "authorization_endpoint", schemes),
            token_endpoint=_endpoint(fields, "token_endpoint", schemes),
            jwks_uri=_endpoint(fields, "jwks_uri", schemes),
            names_itself=fields.get("authorization_response_iss_parameter_supported") is True,
            client_authentication=_client_authentication(fields),
        )


def _endpoint(fields: Mapping[str, Any], name: str, schemes: Collection[str]) -> str:
    """An endpoint: by http only from an issuer that is itself reached by http, as in tests."""
    url = fields.get(name)
    if not isinstance(url, str) or urlsplit(url).scheme not in schemes:
        raise ValueError(f"the {name} that is published there is not reached by https")
    return url


def _client_authentication(fields: Mapping[str, Any]) -> str:
    """HTTP Basic unless the issuer takes secrets in the body only (RFC 6749 §2.3.1)."""
    methods = fields.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    in_body = "client_secret_post" in methods and "client_secret_basic" not in methods
    return "client_secret_post" if in_body else "client_secret_basic"
