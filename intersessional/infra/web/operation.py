"""What happens around each operation: a context of its own, a code for every error."""

import logging
from collections.abc import AsyncIterator
from typing import Any

import orjson
from graphql import ExecutionResult as CoreResult
from graphql import GraphQLError, GraphQLSyntaxError
from strawberry.extensions import SchemaExtension
from strawberry.types import ExecutionResult

from intersessional.infra.web.faults import told

logger = logging.getLogger(__name__)


class Operation(SchemaExtension):
    """Gives the operation a context of its own, and every error a stable code.

    A fault of ours is masked in the answer and written whole to the log.
    """

    async def on_operation(self) -> AsyncIterator[None]:
        """Around the whole operation."""
        execution = self.execution_context
        execution.context = execution.context.for_operation()
        self._streamed = False
        yield
        result = execution.result
        if not self._streamed and isinstance(result, (CoreResult, ExecutionResult)):
            self._code(result)

    def on_stream_result(self, result: Any) -> Any:
        """Around each result of a subscription."""
        self._streamed = True
        self._code(result)
        yield None

    def _code(self, result: Any) -> None:
        if getattr(result, "errors", None):
            result.errors = [coded(error) for error in result.errors]


def coded(error: GraphQLError) -> GraphQLError:
    """The error as it leaves the server: with a code, and masked when it is a fault of ours."""
    cause = error.original_error
    if cause is not None and not isinstance(cause, GraphQLError):
        fault = told(cause)
        if fault.ours:
            logger.error("a fault at %s", error.path, exc_info=cause)
        else:
            logger.warning("%s at %s: %s", fault.code, error.path, cause)
        return GraphQLError(
            fault.message,
            nodes=error.nodes,
            source=error.source,
            positions=error.positions,
            path=error.path,
            extensions={"code": fault.code},
        )
    if not error.extensions or "code" not in error.extensions:
        error.extensions = {**(error.extensions or {}), "code": _code_of(error)}
    return error


def fault_body(fault: BaseException) -> bytes:
    """What is told of a fault, as a JSON array of GraphQL errors."""
    said = told(fault)
    return orjson.dumps([{"message": said.message, "extensions": {"code": said.code}}])


def _code_of(error: GraphQLError) -> str:
    if isinstance(error, GraphQLSyntaxError):
        too_long = "tokens" in error.message and "contains more than" in error.message
        return "QUERY_TOO_LARGE" if too_long else "SYNTAX"
    return "BAD_REQUEST" if error.path or error.nodes is None else "VALIDATION"
