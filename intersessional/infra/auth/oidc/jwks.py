"""Fetches the JSON Web Key Set (RFC 7517) of an issuer.

By urllib, since httpx is a dependency of the tests only and this is the one request that the server
makes.
"""

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

_CHUNK_BYTES = 64 * 1024
_KEY_TYPES = ("RSA", "EC", "OKP")


class JwksUnavailable(Exception):
    """The key set could not be fetched; the message says why."""


def _opener() -> urllib.request.OpenerDirector:
    # Only http and https, and no redirect: build_opener would add file, ftp and redirects.
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
    """The public keys for signatures, of the supported types. Blocks; raises JwksUnavailable."""
    request = urllib.request.Request(url, headers={"Accept": "application/json"})
    deadline = time.monotonic() + timeout_s
    try:
        with _opener().open(request, timeout=timeout_s) as response:
            document = json.loads(_read(response, deadline))
    except HTTPError as response:
        with response:
            raise JwksUnavailable(f"the answer was {response.code}") from None
    except (OSError, HTTPException, ValueError, RecursionError) as error:
        raise JwksUnavailable(f"{type(error).__name__}: {error}") from error
    keys = [key for each in _members(document) if (key := _signature_key(each)) is not None]
    if not keys:
        raise JwksUnavailable("no key that is published there checks signatures")
    return keys


def _read(response: HTTPResponse, deadline: float) -> bytes:
    body = bytearray()
    while chunk := response.read1(_CHUNK_BYTES):
        body += chunk
        if len(body) > BYTES_MAX:
            raise JwksUnavailable(f"more than {BYTES_MAX} bytes are published there")
        if time.monotonic() > deadline:
            raise TimeoutError("the keys trickle in too slowly")
    return bytes(body)


def _members(document: Any) -> Sequence[dict[str, Any]]:
    match document:
        case {"keys": [*members]}:
            keys: list[dict[str, Any]] = [key for key in members if isinstance(key, dict)]
            return keys
        case _:
            raise JwksUnavailable("what is published there is no set of keys")


def _signature_key(member: dict[str, Any]) -> Key | None:
    """A member of the set as a key; None when it cannot be used here."""
    if member.get("kty") not in _KEY_TYPES:
        return None
    try:
        key = import_key(member)
    except (JoseError, ValueError, TypeError, KeyError):
        return None
    if key.get("use", "sig") != "sig":
        return None
    if isinstance(key, RSAKey) and key.raw_value.key_size < RSA_BITS_MIN:
        return None
    return key
