"""A request that is refused before GraphQL."""

from collections.abc import Mapping

RETRY = {"Retry-After": "5"}
"""Sent with 503 (RFC 9110 §10.2.3): the seconds until a client may ask again."""


class HttpError(Exception):
    """The request is refused with an HTTP status; the message is a sentence."""

    def __init__(
        self, status: int, code: str, message: str, headers: Mapping[str, str] | None = None
    ) -> None:
        """``code`` is stable; ``headers`` are those that belong to the status."""
        super().__init__(message)
        self.status = status
        self.code = code
        self.headers = headers or {}
