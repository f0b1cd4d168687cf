"""Plans of subscriptions: after which position they begin, and which of them are shared."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, cast

from cachetools import LRUCache
from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    VariableNode,
    Visitor,
    visit,
)
from graphql.execution import get_argument_values

from intersessional.graphql.execution.coerced_operation import CoercedOperation
from intersessional.graphql.execution.documents import PreparedDocument
from intersessional.graphql.execution.variables import canonical_variables
from intersessional.graphql.schema.composed_schema import ComposedSchema
from intersessional.graphql.schema.shareable import root_field

CACHED_MAX = 1_024

_AFTER = "after"


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionPlan:
    """Without ``after``, only events to come; without a ``key``, not shared."""

    after: int | None
    key: Hashable | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _OperationPlan:
    """The part of a plan that does not depend on variables."""

    field: FieldNode
    definition: GraphQLField
    shared: bool
    after: str | None
    """The variable of the position, used for nothing else."""


class SubscriptionPlanner:
    """Plans operations; the variable-independent part is cached."""

    def __init__(self, schema: ComposedSchema) -> None:
        self._schema = schema.core
        self._plans: LRUCache[tuple[str, str | None], _OperationPlan] = LRUCache(CACHED_MAX)

    def plan(self, operation: CoercedOperation) -> SubscriptionPlan:
        """Plan an operation. Raises GraphQLError for arguments that do not fit."""
        prepared, name = operation.document, operation.name
        operation_plan = self._operation_plan(prepared, operation.operation, name)
        after = get_argument_values(
            operation_plan.definition, operation_plan.field, operation.values
        ).get(_AFTER)
        if not operation_plan.shared:
            return SubscriptionPlan(after=after, key=None)
        others = canonical_variables(
            operation.operation, operation.variables, without=operation_plan.after
        )
        return SubscriptionPlan(
            after=after, key=None if others is None else (prepared.sha256, name, others)
        )

    def _operation_plan(
        self, prepared: PreparedDocument, operation: OperationDefinitionNode, name: str | None
    ) -> _OperationPlan:
        key = prepared.sha256, name
        plan = self._plans.get(key)
        if plan is None:
            plan = self._plans[key] = _plan_operation(self._schema, prepared, operation, name)
        return plan


def _plan_operation(
    schema: GraphQLSchema,
    prepared: PreparedDocument,
    operation: OperationDefinitionNode,
    name: str | None,
) -> _OperationPlan:
    field = root_field(prepared.document, operation)
    # A valid subscription has a field of this type.
    definition = cast(GraphQLObjectType, schema.subscription_type).fields[field.name.value]
    named = {argument.name.value: argument.value for argument in field.arguments or ()}
    after = named.get(_AFTER)
    variable = after.name.value if isinstance(after, VariableNode) else None
    return _OperationPlan(
        field=field,
        definition=definition,
        # Where the variable is used elsewhere too, results differ with it.
        shared=name in prepared.shareable and (variable is None or _uses(prepared, variable) == 1),
        after=variable,
    )


def _uses(prepared: PreparedDocument, variable: str) -> int:
    """Count the uses of a variable, without its definition."""
    uses = 0

    class Counter(Visitor):
        def enter_variable_definition(self, *_: Any) -> Any:
            return self.SKIP

        def enter_variable(self, node: VariableNode, *_: Any) -> None:
            nonlocal uses
            uses += node.name.value == variable

    visit(prepared.document, Counter())
    return uses
