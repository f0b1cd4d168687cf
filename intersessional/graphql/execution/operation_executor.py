"""The executor of one operation, which counts what its answer holds while it is made."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from inspect import isawaitable
from typing import Any, cast

import orjson
from graphql import (
    ExecutionResult,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLLeafType,
    execution,
)
from graphql.execution.collect_fields import FragmentDetails
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from intersessional.domain.kernel.refusals import NotSignedIn
from intersessional.graphql.execution.coerced_operation import CoercedOperation
from intersessional.graphql.execution.documents import PreparedDocument
from intersessional.graphql.mutations.refusals import refusal
from intersessional.graphql.request.answer_size import AnswerSize, AnswerSizes, AnswerTooLarge
from intersessional.graphql.request.context import Context
from intersessional.tracing import span

OPERATION_S = 30.0
"""The longest time that a query or mutation may take."""

_FIELD_BYTES = 8
"""A field beside its name: quotes, a colon, a comma, and a short value."""
_ERROR_BYTES = 300
"""An error beside its message: its path, its location and its code."""
_SHORT_MAX = 100
"""Longer texts are measured exactly."""

_OF_SCHEMA = ("__schema", "__type", "__typename")
_core: Any = execution
_Executor: Any = StrawberryGraphQLCoreExecutionContext
"""Untyped: graphql-core's class and functions lack type arguments."""


class OperationExecutor(_Executor):  # type: ignore[misc]
    """Executes an operation; the answer ends where it becomes too large."""

    list_sizes: Mapping[tuple[str, str], int]
    """The longest that lists can be: the cost was measured with these bounds."""

    def build_per_event_executor(self, payload: Any) -> Any:
        """The executor of one event of a subscription.

        graphql-core gives it the memory of selections that its source has, with the selections of
        each event in it, for as long as the subscription lasts.
        """
        per_event = _Executor.build_per_event_executor(self, payload)
        per_event._relevant_sub_fields = {}
        return per_event

    def execute_fields(
        self, parent_type: Any, source_value: Any, path: Any, grouped_field_set: Any, *rest: Any
    ) -> Any:
        """Execute the fields of an object; none where the answer has ended."""
        answer = self._answer
        if answer.ended is not None:
            return {}
        answer.add(sum(map(len, grouped_field_set)) + _FIELD_BYTES * len(grouped_field_set))
        return _Executor.execute_fields(
            self, parent_type, source_value, path, grouped_field_set, *rest
        )

    def complete_list_value(
        self, return_type: Any, details: Any, info: Any, path: Any, result: Any, *rest: Any
    ) -> Any:
        """Complete a list. Raises GraphQLError for one that is longer than the schema states."""
        size_max = self.list_sizes.get((info.parent_type.name, info.field_name))
        if size_max is not None and len(result) > size_max:
            raise GraphQLError(
                f"The list has more than the {size_max} items that the schema allows.",
                extensions={"code": "LIST_TOO_LONG", "max": size_max},
            )
        return _Executor.complete_list_value(self, return_type, details, info, path, result, *rest)

    def complete_leaf_value(self, return_type: GraphQLLeafType, result: Any) -> Any:
        """Complete a leaf, and count its bytes."""
        value: Any = _Executor.complete_leaf_value(return_type, result)
        self._count(value)
        return value

    def _count(self, value: object) -> None:
        if isinstance(value, str):
            size = len(value)
            self._answer.add(size if size <= _SHORT_MAX else len(orjson.dumps(value)))
        elif isinstance(value, dict | list):
            self._answer.add(len(orjson.dumps(value)))

    def handle_field_error(self, raw_error: Exception, *rest: Any) -> None:
        """Collect the error of a field, and count it."""
        answer = self._answer
        if answer.ended is None:
            if isinstance(raw_error, AnswerTooLarge):
                answer.end(raw_error)
            answer.add(_ERROR_BYTES + len(str(raw_error)))
        _Executor.handle_field_error(self, raw_error, *rest)

    @property
    def _answer(self) -> AnswerSize:
        return cast("Context", self.context_value).answer


class RefusingExecutor(OperationExecutor):
    """Executes a mutation that nobody has signed in for: its commands are not even parsed."""

    def execute_field(
        self, parent_type: Any, source: Any, details: Any, path: Any, *rest: Any
    ) -> Any:
        """Resolve a command to the refusal NOT_SIGNED_IN, and all other fields as usual."""
        field = self.schema.get_field(parent_type, details[0].node.name.value)
        if path.prev is not None or not field.args:
            return _Executor.execute_field(self, parent_type, source, details, path, *rest)
        nodes = [one.node for one in details]
        info = self.build_resolve_info(field, nodes, parent_type, path)
        try:
            refused = refusal(NotSignedIn())
            return self.complete_value(field.type, details, info, path, refused, *rest)
        except Exception as error:  # noqa: BLE001  As the base class does.
            self.handle_field_error(error, field.type, details, path)
            return None


def operation_executor(operation: CoercedOperation, context: Context) -> OperationExecutor:
    """The executor of an operation with its coerced variables."""
    document = operation.document
    fragments = _fragments(document)
    kind = RefusingExecutor if operation.refused else OperationExecutor
    executor = kind(
        operation.schema.core,
        fragments,
        {name: FragmentDetails(fragment, None) for name, fragment in fragments.items()},
        None,
        context,
        operation.operation,
        operation.values,
        _core.default_field_resolver,
        _core.default_type_resolver,
        _core.default_field_resolver,
        hide_suggestions=not operation.schema.suggests,
    )
    executor.list_sizes = operation.schema.list_sizes
    return executor


async def execute(operation: CoercedOperation, context: Context) -> ExecutionResult:
    """Execute a query or a mutation, at its measured cost.

    Raises TimeoutError after ``OPERATION_S`` seconds, and what the charge raises.
    """
    context.charge(operation.cost + operation.input_points)
    if _asks_for_the_schema(operation):
        # It takes a third of a second and reads nothing; its bytes are counted in that thread.
        sizes = AnswerSizes(answer_bytes_max=context.answer.bytes_max)
        executor = operation_executor(operation, replace(context, answer=AnswerSize(sizes)))
        executed = await asyncio.to_thread(_core.execute_root_selection_set, executor)
        return await complete(executor, executed)
    executor = operation_executor(operation, context)
    with span("execute"):
        return await complete(executor, _core.execute_root_selection_set(executor))


async def complete(executor: Any, executed: Any) -> ExecutionResult:
    """The result of an execution; without data where the answer has become too large.

    Raises TimeoutError after ``OPERATION_S`` seconds.
    """
    answer: AnswerSize = executor.context_value.answer
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(OPERATION_S) as limit:
            answer.on_end = lambda: limit.reschedule(loop.time())
            result: ExecutionResult = await executed if isawaitable(executed) else executed
    except TimeoutError:
        if answer.ended is None:
            raise
        result = ExecutionResult(None, [])
    finally:
        answer.on_end = None
        answer.release()
        # The executor's reference to itself: what was read would wait for the garbage collector.
        executor.async_helpers = None
    return result if answer.ended is None else ExecutionResult(None, [answer.ended])


def _asks_for_the_schema(operation: CoercedOperation) -> bool:
    """Whether an operation asks for the schema, and for nothing else."""
    selected = operation.operation.selection_set.selections
    return all(isinstance(one, FieldNode) and one.name.value in _OF_SCHEMA for one in selected)


def _fragments(document: PreparedDocument) -> dict[str, FragmentDefinitionNode]:
    return {
        one.name.value: one
        for one in document.document.definitions
        if isinstance(one, FragmentDefinitionNode)
    }
