"""The headers of every page, with its content security policy."""

from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'sha256-{style}'; img-src 'self';"
    " font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none';"
    " require-trusted-types-for 'script'; trusted-types page"
)


def page_headers(style: str) -> Mapping[str, str]:
    """The headers of a page whose ``<style>`` has this text (CSP 3, Trusted Types).

    ``private, no-cache`` lets browsers keep a page, and ask whether it changed.
    """
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return {
        "Cache-Control": "private, no-cache",
        "Content-Security-Policy": _POLICY.format(style=digest),
        "Content-Type": "text/html; charset=utf-8",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Referrer-Policy": "same-origin",
        "Vary": "Accept-Language, Cookie, Accept-Encoding",
    }
