"""Commitments: keyed hashes that the immutable record holds instead of erasable texts."""

import hashlib
import hmac
import secrets
from uuid import UUID

from intersessional.infra.event_store.format.canonical_json import canonical
from intersessional.infra.event_store.format.opening import HASH_BYTES, Opening

_DOMAIN = b"intersessional-sealed-v1\x00"


def commitment(salt: bytes, stream: UUID, version: int, path: str, value: bytes) -> bytes:
    """HMAC-SHA256, keyed by a salt of 32 bytes, over the place of a sealed value and the value.

    The place (stream, version, path in the state) keeps a commitment from being moved elsewhere.
    """
    place = stream.bytes + version.to_bytes(8) + path.encode() + b"\x00"
    return hmac.digest(salt, _DOMAIN + place + len(value).to_bytes(8) + value, hashlib.sha256)


def seal(stream: UUID, version: int, path: str, text: str) -> Opening:
    """Commit to a text under a salt of its own."""
    salt, value = secrets.token_bytes(HASH_BYTES), canonical(text)
    return Opening(
        commitment=commitment(salt, stream, version, path, value), salt=salt, value=value
    )
