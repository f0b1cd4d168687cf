"""Requests that are refused, and the encoding of results."""

from typing import Any

from graphql import ExecutionResult, GraphQLError

from intersessional.answer_counts import request_errors
from intersessional.graphql.execution.encoding import encode_json
from intersessional.graphql.execution.errors import with_code
from intersessional.projections.kernel.epochs import PositionInEpoch


class RequestError(Exception):
    """A request that is refused before execution, with GraphQL errors (GraphQL §7.1.2)."""

    def __init__(self, *errors: GraphQLError, code: str | None = None) -> None:
        """Errors without a code get ``code``."""
        super().__init__("; ".join(error.message for error in errors))
        self.errors = tuple(with_code(error, code) for error in errors)
        request_errors.update(self.codes)

    @classmethod
    def from_error(cls, error: "RequestError | GraphQLError") -> "RequestError":
        """Wrap a GraphQLError; return a RequestError as it is."""
        return error if isinstance(error, RequestError) else cls(error)

    @property
    def codes(self) -> set[str]:
        """The codes of the errors."""
        return {str((error.extensions or {})["code"]) for error in self.errors}

    @property
    def body(self) -> bytes:
        """The errors as a JSON array."""
        return encode_json([error.formatted for error in self.errors])


def encode(result: ExecutionResult, position: PositionInEpoch) -> bytes:
    """Encode a result as a GraphQL response in JSON; ``position`` goes into its extensions."""
    body: dict[str, Any] = {}
    if result.errors:
        body["errors"] = [with_code(error).formatted for error in result.errors]
    body["data"] = result.data
    body["extensions"] = {"position": position, "epoch": position.epoch}
    return encode_json(body)


def is_partial(body: bytes) -> bool:
    """Whether an encoded result has errors: ``encode`` writes them first."""
    return body.startswith(b'{"errors"')
