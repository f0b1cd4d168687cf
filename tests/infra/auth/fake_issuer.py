"""An OpenID Connect issuer for tests, on a real socket."""

import json
import threading
import time
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey, Key, OKPKey, RSAKey

from tests.ports import claimed_port

AUDIENCE = "intersessional"
PATH = "/keys"

_ALGORITHMS = {"RSA": "RS256", "EC": "ES256", "OKP": "Ed25519"}


def ec_key(key_id: str | None = "first") -> ECKey:
    """A new key; made at once, unlike an RSA key."""
    return ECKey.generate_key("P-256", {"kid": key_id} if key_id else None)


def okp_key(key_id: str) -> OKPKey:
    """A new Ed25519 key."""
    return OKPKey.generate_key("Ed25519", {"kid": key_id})


@cache
def rsa_key(key_id: str, bits: int = 2048) -> RSAKey:
    """The one RSA key of this id."""
    return RSAKey.generate_key(bits, {"kid": key_id})


@dataclass(frozen=True, kw_only=True)
class JwksResponse:
    """The response to a request for the keys."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    body: Iterable[bytes] = ()


class _Server(ThreadingHTTPServer):
    daemon_threads = False


class FakeIssuer:
    """An OpenID Connect issuer that signs tokens and publishes its keys, or given bytes."""

    def __init__(self) -> None:
        self.key: Key = ec_key()
        self.requests = 0
        self.may_respond = threading.Event()
        self.may_respond.set()
        self._published: list[Key] = [self.key]
        self._response: JwksResponse | None = None
        self.is_listening = False
        self._server: _Server | None = None
        self._port = claimed_port()
        self._address: tuple[str, int] = self._port.getsockname()

    @property
    def url(self) -> str:
        """The ``iss`` claim of its tokens."""
        return f"http://127.0.0.1:{self._address[1]}"

    @property
    def keys_url(self) -> str:
        """The URL of its key set."""
        return self.url + PATH

    def start(self) -> None:
        """Listen, on the same port after a restart."""
        issuer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.respond()

            def do_POST(self) -> None:
                self.respond()

            def respond(self) -> None:
                issuer.requests += 1
                issuer.may_respond.wait()
                body = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
                response = issuer.respond(self.path, body, self.headers.get("authorization"))
                self.send_response(response.status)
                for name, value in response.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                with suppress(ConnectionError):
                    for part in response.body:
                        self.wfile.write(part)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = _Server(self._address, Handler)
        self.is_listening = True
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def stop(self) -> None:
        """Stop listening."""
        if self._server is not None:
            self.is_listening = False
            self.may_respond.set()
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def close(self) -> None:
        """Stop for good: its port is free again."""
        self.stop()
        self._port.close()

    def publish(self, *keys: Key) -> None:
        """Publish these keys instead of those before."""
        self._published = list(keys)

    def publish_raw(self, *body: bytes, status: int = 200, **headers: str) -> None:
        """Publish these bytes instead of keys."""
        self._response = JwksResponse(status=status, headers=headers, body=body)

    def publish_slowly(self) -> None:
        """Publish single bytes for some seconds, so that a failing test ends."""

        def single_bytes() -> Iterator[bytes]:
            for _ in range(500):
                if self.is_listening:
                    time.sleep(0.01)
                    yield b" "

        self._response = JwksResponse(body=single_bytes())

    def rotate(self, key: Key) -> None:
        """Sign with another key from now on, and publish only that one."""
        self.key = key
        self.publish(key)

    def respond(self, target: str, body: str, authorization: str | None) -> JwksResponse:
        """The response to any request."""
        return self.response() if target == PATH else JwksResponse(status=404)

    def response(self) -> JwksResponse:
        """The response to a request for its keys."""
        if self._response is not None:
            return self._response
        keys = [public(key) for key in self._published]
        return JwksResponse(body=[json.dumps({"keys": keys}).encode()])

    def claims(self, now: datetime, **changed: object) -> dict[str, Any]:
        """The claims of a valid token, with some changed; None leaves one out."""
        claims = {
            "iss": self.url,
            "aud": AUDIENCE,
            "sub": "someone",
            "exp": int((now + timedelta(hours=1)).timestamp()),
        }
        return {name: value for name, value in (claims | changed).items() if value is not None}

    def token(self, now: datetime, *, by: Key | None = None, **changed: Any) -> str:
        """A valid token, except for changed claims and another key."""
        key = by or self.key
        header = {"alg": _ALGORITHMS[key.key_type]} | ({"kid": key.kid} if key.kid else {})
        return jwt.encode(header, self.claims(now, **changed), key, algorithms=[header["alg"]])


def public(key: Key) -> dict[str, Any]:
    """The key as an issuer publishes it."""
    return {"use": "sig", **key.as_dict(private=False)}


@contextmanager
def run_issuer() -> Generator[FakeIssuer]:
    """An issuer that listens while this is entered."""
    issuer = FakeIssuer()
    issuer.start()
    try:
        yield issuer
    finally:
        issuer.close()
