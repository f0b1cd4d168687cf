"""GraphQL errors as clients get them: with a stable code, internal errors masked."""

import logging

from graphql import GraphQLError, GraphQLSyntaxError

from intersessional.graphql.execution.encoding import encode_json
from intersessional.graphql.execution.public_errors import log_and_mask, public_error

logger = logging.getLogger(__name__)

MESSAGE_MAX = 1_000
"""A message may quote a value that is as long as the request."""


def with_code(error: GraphQLError, code: str | None = None) -> GraphQLError:
    """Return the error with a code: its own, else ``code``, else one of its kind.

    An exception of a resolver is logged and masked.
    """
    cause = error.original_error
    # An error without a path was raised before execution.
    if error.path is not None and cause is not None and not isinstance(cause, GraphQLError):
        public = log_and_mask(logger, f"resolver failed at {error.path}", cause)
        return GraphQLError(
            public.message,
            nodes=error.nodes,
            source=error.source,
            positions=error.positions,
            path=error.path,
            extensions={"code": public.code},
        )
    if len(error.message) > MESSAGE_MAX:
        error.message = f"{error.message[:MESSAGE_MAX]}..."
    if not error.extensions or "code" not in error.extensions:
        error.extensions = {**(error.extensions or {}), "code": code or _code_of(error)}
    return error


def error_body_of(error: BaseException) -> bytes:
    """The public form of an exception, as a JSON array of GraphQL errors."""
    public = public_error(error)
    return encode_json([{"message": public.message, "extensions": {"code": public.code}}])


def _code_of(error: GraphQLError) -> str:
    if isinstance(error, GraphQLSyntaxError):
        too_long = "tokens" in error.message and "contains more than" in error.message
        return "QUERY_TOO_LARGE" if too_long else "SYNTAX"
    # In a valid document an error with nodes and without a path is about a variable.
    return "BAD_REQUEST" if error.path or error.nodes is None else "BAD_VARIABLE"
