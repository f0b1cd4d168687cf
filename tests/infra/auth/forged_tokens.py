"""Invalid tokens that no library makes."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable


def forge_token(header: object, claims: object, sign: Callable[[bytes], bytes]) -> str:
    """A token with any header and claims, signed in any way."""
    signed = b".".join(base64(json.dumps(part).encode()) for part in (header, claims))
    return (signed + b"." + base64(sign(signed))).decode()


def base64(data: bytes) -> bytes:
    """Base64url without padding (RFC 7515 §2)."""
    return urlsafe_b64encode(data).rstrip(b"=")
