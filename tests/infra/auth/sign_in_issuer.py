"""An OpenID Connect issuer for tests with which people sign in, on a real socket."""

import json
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from intersessional.infra.clock import now
from tests.infra.auth.fake_issuer import FakeIssuer, JwksResponse

CLIENT = "the-page"


@dataclass
class Grant:
    """What a code stands for."""

    asked: dict[str, str]
    subject: str
    used: bool = False


@dataclass
class Misconduct:
    """What the issuer does wrong; nothing by default."""

    claims: dict[str, Any] = field(default_factory=dict[str, Any])
    """Claims of ID tokens that are changed."""
    response: dict[str, str] = field(default_factory=dict[str, str])
    """Parameters of authorization responses that are changed."""
    metadata: dict[str, Any] = field(default_factory=dict[str, Any])
    id_token: Callable[[dict[str, Any]], str | None] | None = None
    """What makes ID tokens instead."""
    accepts_codes_twice: bool = False
    status: int = 200
    """The status of the token endpoint."""
    token_answer: JwksResponse | None = None
    """What the token endpoint answers instead."""


class SignInIssuer(FakeIssuer):
    """Signs its ``subject`` in without asking, and counts what is refused."""

    def __init__(self, secret: str | None = None) -> None:
        super().__init__()
        self.secret = secret
        self.subject = "ana@example.org"
        self.misconduct = Misconduct()
        self.refused: list[str] = []
        self._grants: dict[str, Grant] = {}

    def respond(self, target: str, body: str, authorization: str | None) -> JwksResponse:
        """The response to any request."""
        match urlsplit(target).path:
            case "/.well-known/openid-configuration":
                return _json(self.metadata())
            case "/authorize":
                return self._authorize(dict(parse_qsl(urlsplit(target).query)))
            case "/token":
                return self._token(body, authorization)
            case _:
                return super().respond(target, body, authorization)

    def metadata(self) -> dict[str, Any]:
        """What it publishes of itself."""
        return {
            "issuer": self.url,
            "authorization_endpoint": self.url + "/authorize",
            "token_endpoint": self.url + "/token",
            "jwks_uri": self.keys_url,
            "authorization_response_iss_parameter_supported": True,
            **self.misconduct.metadata,
        }

    def _authorize(self, asked: dict[str, str]) -> JwksResponse:
        required = {"response_type": "code", "client_id": CLIENT, "code_challenge_method": "S256"}
        if any(asked.get(name) != value for name, value in required.items()):
            return self._refuse("invalid_request")
        if "openid" not in asked["scope"].split() or not asked.get("code_challenge"):
            return self._refuse("invalid_scope")
        code = secrets.token_urlsafe(16)
        self._grants[code] = Grant(asked, self.subject)
        response = {"code": code, "state": asked["state"], "iss": self.url}
        response |= self.misconduct.response
        query = urlencode({name: value for name, value in response.items() if value})
        return JwksResponse(status=302, headers={"Location": f"{asked['redirect_uri']}?{query}"})

    def _token(self, body: str, authorization: str | None) -> JwksResponse:
        form = {name: values[0] for name, values in parse_qs(body).items()}
        grant = self._grants.get(form.get("code", ""))
        if (authorization is None) is (self.secret is not None):
            return self._refuse("invalid_client")
        if grant is None or form.get("redirect_uri") != grant.asked["redirect_uri"]:
            return self._refuse("invalid_grant")
        if challenge(form.get("code_verifier", "")) != grant.asked["code_challenge"]:
            return self._refuse("invalid_grant")
        if grant.used and not self.misconduct.accepts_codes_twice:
            return self._refuse("invalid_grant")
        grant.used = True
        claims: dict[str, Any] = {
            "aud": CLIENT,
            "sub": grant.subject,
            "nonce": grant.asked.get("nonce"),
        }
        claims |= self.misconduct.claims
        make = self.misconduct.id_token
        id_token = make(self.claims(now(), **claims)) if make else self.token(now(), **claims)
        if self.misconduct.token_answer is not None:
            return self.misconduct.token_answer
        answer = {"access_token": "for-nothing", "token_type": "Bearer", "id_token": id_token}
        return _json(answer, self.misconduct.status)

    def _refuse(self, error: str) -> JwksResponse:
        self.refused.append(error)
        return _json({"error": error}, 400)


def challenge(verifier: str) -> str:
    """The PKCE challenge of a verifier (RFC 7636 §4.2)."""
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _json(document: object, status: int = 200) -> JwksResponse:
    headers = {"Content-Type": "application/json"}
    return JwksResponse(status=status, headers=headers, body=[json.dumps(document).encode()])


@contextmanager
def run_sign_in_issuer(secret: str | None = None) -> Generator[SignInIssuer]:
    """An issuer that listens while this is entered."""
    issuer = SignInIssuer(secret)
    issuer.start()
    try:
        yield issuer
    finally:
        issuer.close()
