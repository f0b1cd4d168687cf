"""Errors that are shown as a screen."""

import logging
from collections.abc import Mapping

from graphql import GraphQLError

from intersessional.graphql.execution.public_errors import log_and_mask
from intersessional.graphql.execution.requests import RequestError
from intersessional.infra.rate_limits.request_limits import RateLimited

logger = logging.getLogger(__name__)

RETRY = {"Retry-After": "5"}
_ABSENT = {"BAD_ID", "BAD_VARIABLE"}
_LATER = {
    "TOO_BUSY",
    "UNAVAILABLE",
    "UNANSWERABLE",
    "VIEWS_BEHIND",
    "VIEW_NOT_BUILT",
    "VIEW_STOPPED",
}


class ScreenError(Exception):
    """A screen that cannot be shown; the message is a sentence."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        headers: Mapping[str, str] | None = None,
        *,
        facts: Mapping[str, object] | None = None,
    ) -> None:
        """``headers`` belong to the status; ``facts`` stand beside the code in JSON."""
        super().__init__(message)
        self.status = status
        self.code = code
        self.headers = headers or {}
        self.facts = facts or {}

    @classmethod
    def absent(cls) -> "ScreenError":
        """There is nothing at this address."""
        return cls(404, "NOT_FOUND", "There is nothing at this address.")

    @classmethod
    def of_code(cls, code: str, message: str) -> "ScreenError":
        """An error of the API."""
        if code in _ABSENT:
            return cls.absent()
        if code == "INTERNAL":
            return cls(500, code, message)
        if code in _LATER:
            return cls(503, code, message, RETRY)
        return cls(400, code, message)

    @classmethod
    def of_form(cls, error: RequestError | GraphQLError) -> "ScreenError":
        """An error of the API about what a form sent: the address is there, a field is wrong."""
        first = RequestError.from_error(error).errors[0]
        code = str((first.extensions or {})["code"])
        return cls(400, code, first.message) if code in _ABSENT else cls.from_error(error)

    @classmethod
    def from_error(cls, error: Exception) -> "ScreenError":
        """Any error; one that is unexpected is logged."""
        match error:
            case ScreenError():
                return error
            case RateLimited():
                headers = {"Retry-After": str(error.retry_after_s)}
                return cls(429, error.code, error.message, headers)
            case RequestError() | GraphQLError():
                first = RequestError.from_error(error).errors[0]
                return cls.of_code(str((first.extensions or {})["code"]), first.message)
            case _:
                public = log_and_mask(logger, "a page failed", error)
                status = 500 if public.is_bug else 503
                return cls(status, public.code, public.message, {} if public.is_bug else RETRY)
