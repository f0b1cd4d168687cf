"""The headers of every page, with its content security policy."""

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'sha256-{style}'; img-src 'self';"
    " font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none';"
    " require-trusted-types-for 'script'; trusted-types page"
)


KEPT = (b"cache-control", b"private, no-cache")
"""Browsers keep a page, and ask whether it changed."""
NOT_KEPT = (b"cache-control", b"no-store")


def page_headers(style: str) -> Sequence[tuple[bytes, bytes]]:
    """The headers of a page whose ``<style>`` has this text (CSP 3, Trusted Types)."""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    headers = {
        "Content-Security-Policy": _POLICY.format(style=digest),
        "Content-Type": "text/html; charset=utf-8",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Referrer-Policy": "same-origin",
        "Vary": "Accept-Language, Cookie, Accept-Encoding",
    }
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]
