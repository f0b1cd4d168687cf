"""Fetches the JSON Web Key Set (RFC 7517) of an issuer."""

from collections.abc import Sequence
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import Key, RSAKey, import_key

from intersessional.infra.auth.oidc.issuer_json import (
    TIMEOUT_S,
    IssuerJsonUnavailable,
    fetch_json,
)

RSA_BITS_MIN = 2048

_KEY_TYPES = ("RSA", "EC", "OKP")


class JwksUnavailable(Exception):
    """The key set could not be fetched; the message says why."""


def fetch_jwks(url: str, timeout_s: float = TIMEOUT_S) -> Sequence[Key]:
    """The public keys for signatures, of the supported types. Blocks; raises JwksUnavailable."""
    try:
        document = fetch_json(url, timeout_s)
    except IssuerJsonUnavailable as error:
        raise JwksUnavailable(str(error)) from error
    keys = [key for each in _members(document) if (key := _signature_key(each)) is not None]
    if not keys:
        raise JwksUnavailable("no key that is published there checks signatures")
    return keys


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
