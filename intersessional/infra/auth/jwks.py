"""The keys that an issuer publishes, fetched once from where it publishes them."""

import json
import time
import urllib.request
from collections.abc import Sequence
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib.error import HTTPError

from joserfc.errors import JoseError
from joserfc.jwk import Key, RSAKey, import_key

TIMEOUT_S = 5.0
BYTES_MAX = 512 * 1024
RSA_BITS_MIN = 2048

_CHUNK = 64 * 1024
_KINDS = ("RSA", "EC", "OKP")


class JwksUnavailable(Exception):
    """The keys could not be fetched; the message says why."""


def _opener() -> urllib.request.OpenerDirector:
    # Keys come over the web, from where they were said to be: no redirect is followed.
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    return opener


def fetch_jwks(url: str, timeout_s: float = TIMEOUT_S) -> Sequence[Key]:
    """The public keys that check signatures, of the kinds known here. Blocks; raises
    JwksUnavailable.
    """
    request = urllib.request.Request(url, headers={"Accept": "application/json"})
    deadline = time.monotonic() + timeout_s
    try:
        with _opener().open(request, timeout=timeout_s) as response:
            document = json.loads(_read(response, deadline))
    except HTTPError as answer:
        with answer:
            raise JwksUnavailable(f"the answer was {answer.code}") from None
    except (OSError, HTTPException, ValueError, RecursionError) as error:
        raise JwksUnavailable(f"{type(error).__name__}: {error}") from error
    keys = [key for each in _listed(document) if (key := _signature_key(each)) is not None]
    if not keys:
        raise JwksUnavailable("no key that is published there checks signatures")
    return keys


def _read(response: HTTPResponse, deadline: float) -> bytes:
    body = bytearray()
    while chunk := response.read1(_CHUNK):
        body += chunk
        if len(body) > BYTES_MAX:
            raise JwksUnavailable(f"more than {BYTES_MAX} bytes are published there")
        if time.monotonic() > deadline:
            raise TimeoutError("the keys trickle in too slowly")
    return bytes(body)


def _listed(document: Any) -> Sequence[dict[str, Any]]:
    match document:
        case {"keys": [*listed]}:
            keys: list[dict[str, Any]] = [key for key in listed if isinstance(key, dict)]
            return keys
        case _:
            raise JwksUnavailable("what is published there is no set of keys")


def _signature_key(published: dict[str, Any]) -> Key | None:
    """A key of the set; None for one of no use here, which the others do not suffer for."""
    if published.get("kty") not in _KINDS:
        return None
    try:
        key = import_key(published)
    except (JoseError, ValueError, TypeError, KeyError):
        return None
    if key.get("use", "sig") != "sig":
        return None
    if isinstance(key, RSAKey) and key.raw_value.key_size < RSA_BITS_MIN:
        return None
    return key
