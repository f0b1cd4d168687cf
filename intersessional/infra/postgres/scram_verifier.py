"""The verifier that PostgreSQL stores for a password (SCRAM-SHA-256, RFC 5803)."""

from base64 import b64encode
from hashlib import pbkdf2_hmac, sha256
from hmac import digest
from secrets import token_bytes

ITERATIONS = 4096
"""As PostgreSQL makes them by default."""


def scram_verifier(password: str) -> str:
    """The verifier of an ASCII password: the password itself is in no statement and no log."""
    salt = token_bytes(16)
    salted = pbkdf2_hmac("sha256", password.encode(), salt, ITERATIONS)
    stored_key = sha256(digest(salted, b"Client Key", "sha256")).digest()
    server_key = digest(salted, b"Server Key", "sha256")
    encoded = [b64encode(part).decode() for part in (salt, stored_key, server_key)]
    return f"SCRAM-SHA-256${ITERATIONS}:{encoded[0]}${encoded[1]}:{encoded[2]}"
