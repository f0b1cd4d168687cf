"""Execution of a query or mutation, and the encoding of its result."""

import asyncio
from collections.abc import Mapping
from inspect import isawaitable
from typing import Any, cast

from graphql import ExecutionResult, GraphQLError, execution

from intersessional.graphql.execution.documents import PreparedDocument
from intersessional.graphql.execution.encoding import encode_json
from intersessional.graphql.execution.errors import with_code
from intersessional.graphql.request.context import Context
from intersessional.graphql.schema.composed_schema import ComposedSchema

_core: Any = execution
"""Untyped: graphql-core's functions lack type arguments."""

OPERATION_S = 30.0
"""The longest time that a query or mutation may take."""


class RequestError(Exception):
    """A request that is refused before execution, with GraphQL errors (GraphQL §7.1.2)."""

    def __init__(self, *errors: GraphQLError, code: str | None = None) -> None:
        """Errors without a code get ``code``."""
        super().__init__("; ".join(error.message for error in errors))
        self.errors = tuple(with_code(error, code) for error in errors)

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


async def execute(
    schema: ComposedSchema,
    prepared: PreparedDocument,
    operation_name: str | None,
    variables: Mapping[str, Any],
    context: Context,
) -> ExecutionResult:
    """Execute a query or a mutation. Raises RequestError for variables that do not fit.

    Raises BadRequest where they make the operation too large, and TimeoutError after
    ``OPERATION_S`` seconds.
    """
    prepared.check(prepared.operation(operation_name), variables)
    executor: Any = schema.executor(prepared.document, context, variables, operation_name)
    if isinstance(executor, list):
        raise RequestError(*cast("list[GraphQLError]", executor), code="BAD_VARIABLE")
    executed = _core.execute_root_selection_set(executor)
    async with asyncio.timeout(OPERATION_S):
        result: ExecutionResult = await executed if isawaitable(executed) else executed
    return result


def encode(result: ExecutionResult, position: int | None = None) -> bytes:
    """Encode a result as a GraphQL response in JSON; ``position`` goes into its extensions."""
    body: dict[str, Any] = {}
    if result.errors:
        body["errors"] = [with_code(error).formatted for error in result.errors]
    body["data"] = result.data
    if position is not None:
        body["extensions"] = {"position": position}
    return encode_json(body)


def is_partial(body: bytes) -> bool:
    """Whether an encoded result has errors: ``encode`` writes them first."""
    return body.startswith(b'{"errors"')
