"""The size of request bodies: the limit of one request, and what is raised beyond it."""

from collections.abc import MutableMapping
from typing import Any

_BYTES_MAX = "intersessional.body_bytes_max"


class RequestBodyTooLarge(Exception):
    """The body is larger than allowed."""

    def __init__(self, bytes_max: int) -> None:
        super().__init__(f"A request has at most {bytes_max} bytes.")


def raise_limit(scope: MutableMapping[str, Any], bytes_max: int) -> None:
    """Allow a larger body for one request, before it is read."""
    scope[_BYTES_MAX] = bytes_max


def limit_of(scope: MutableMapping[str, Any], bytes_max: int) -> int:
    """The limit of a request: its own, or ``bytes_max``."""
    limit: int = scope.get(_BYTES_MAX, bytes_max)
    return limit
