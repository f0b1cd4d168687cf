"""An OpenID Connect issuer of the tests' own, on a real socket."""

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
class Answer:
    """What is answered to whoever asks for keys, part by part."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    body: Iterable[bytes] = ()


class _Server(ThreadingHTTPServer):
    daemon_threads = False


class Issuer:
    """Signs tokens and publishes its keys, or whatever else it is told to publish."""

    def __init__(self) -> None:
        self.key: Key = ec_key()
        self.asked = 0
        self.answering = threading.Event()
        self.answering.set()
        self._published: list[Key] = [self.key]
        self._answer: Answer | None = None
        self.listens = False
        self._server: _Server | None = None
        self._address = ("127.0.0.1", 0)

    @property
    def url(self) -> str:
        """What its tokens call it."""
        return f"http://127.0.0.1:{self._address[1]}"

    @property
    def keys_url(self) -> str:
        """Where its keys are."""
        return self.url + PATH

    def start(self) -> None:
        """Listen, where it listened before."""
        issuer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                issuer.asked += 1
                issuer.answering.wait()
                answer = issuer.answer() if self.path == PATH else Answer(status=404)
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                with suppress(ConnectionError):
                    for part in answer.body:
                        self.wfile.write(part)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = _Server(self._address, Handler)
        self._address = ("127.0.0.1", self._server.server_port)
        self.listens = True
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def stop(self) -> None:
        """Listen no longer."""
        if self._server is not None:
            self.listens = False
            self.answering.set()
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def publish(self, *keys: Key) -> None:
        """Publish these keys instead of those before."""
        self._published = list(keys)

    def publish_badly(self, *body: bytes, status: int = 200, **headers: str) -> None:
        """Publish something else than keys."""
        self._answer = Answer(status=status, headers=headers, body=body)

    def trickle(self) -> None:
        """Publish what hardly moves; it ends after seconds, so that a failure does not hang."""

        def drops() -> Iterator[bytes]:
            for _ in range(500):
                if self.listens:
                    time.sleep(0.01)
                    yield b" "

        self._answer = Answer(body=drops())

    def rotate(self, key: Key) -> None:
        """Sign with another key from now on, and publish only that one."""
        self.key = key
        self.publish(key)

    def answer(self) -> Answer:
        """What it answers to whoever asks for its keys."""
        if self._answer is not None:
            return self._answer
        keys = [public(key) for key in self._published]
        return Answer(body=[json.dumps({"keys": keys}).encode()])

    def claims(self, now: datetime, **changed: object) -> dict[str, Any]:
        """The claims of a good token, with some changed; None leaves one out."""
        claims = {
            "iss": self.url,
            "aud": AUDIENCE,
            "sub": "someone",
            "exp": int((now + timedelta(hours=1)).timestamp()),
        }
        return {name: told for name, told in (claims | changed).items() if told is not None}

    def token(self, now: datetime, *, by: Key | None = None, **changed: Any) -> str:
        """A good token, but for what is changed in its claims or whose key signs it."""
        key = by or self.key
        header = {"alg": _ALGORITHMS[key.key_type]} | ({"kid": key.kid} if key.kid else {})
        return jwt.encode(header, self.claims(now, **changed), key, algorithms=[header["alg"]])


def public(key: Key) -> dict[str, Any]:
    """The key as an issuer publishes it."""
    return {"use": "sig", **key.as_dict(private=False)}


@contextmanager
def an_issuer() -> Generator[Issuer]:
    """An issuer that listens as long as it is needed."""
    issuer = Issuer()
    issuer.start()
    try:
        yield issuer
    finally:
        issuer.stop()
