"""Every error as it leaves the server: with a stable code, and masked when it is our fault."""

import logging

import orjson
from graphql import GraphQLError, GraphQLSyntaxError

from intersessional.graphql.execution.public_errors import log_and_mask, public_error

logger = logging.getLogger(__name__)

MESSAGE_MAX = 1_000
"""An error quotes what it is about, which may be as long as a request."""


def with_code(error: GraphQLError, code: str | None = None) -> GraphQLError:
    """The error as it is told: with a code, which is ``code`` where it has none of its own.

    A fault of ours is masked, and written whole to the log.
    """
    cause = error.original_error
    # What has no place in an answer was wrong before anything was executed.
    if error.path is not None and cause is not None and not isinstance(cause, GraphQLError):
        fault = log_and_mask(logger, f"a fault at {error.path}", cause)
        return GraphQLError(
            fault.message,
            nodes=error.nodes,
            source=error.source,
            positions=error.positions,
            path=error.path,
            extensions={"code": fault.code},
        )
    if len(error.message) > MESSAGE_MAX:
        error.message = f"{error.message[:MESSAGE_MAX]}..."
    if not error.extensions or "code" not in error.extensions:
        error.extensions = {**(error.extensions or {}), "code": code or _code_of(error)}
    return error


def error_body_of(fault: BaseException) -> bytes:
    """What is told of a fault, as a JSON array of GraphQL errors."""
    said = public_error(fault)
    return orjson.dumps([{"message": said.message, "extensions": {"code": said.code}}])


def _code_of(error: GraphQLError) -> str:
    if isinstance(error, GraphQLSyntaxError):
        too_long = "tokens" in error.message and "contains more than" in error.message
        return "QUERY_TOO_LARGE" if too_long else "SYNTAX"
    # What stands in a document but not in an answer is a variable, once the document is valid.
    return "BAD_REQUEST" if error.path or error.nodes is None else "BAD_VARIABLE"
