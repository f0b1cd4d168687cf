"""How subscriptions are run: after which position, and shared with whom."""

from collections.abc import Hashable, Mapping
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
from graphql.execution import get_argument_values, get_variable_values

from intersessional.graphql.execution.documents import PreparedDocument
from intersessional.graphql.execution.requests import RequestError
from intersessional.graphql.execution.variables import canonical_variables
from intersessional.graphql.schema.composed_schema import ComposedSchema
from intersessional.graphql.schema.shareable import root_field

CACHED_MAX = 1_024

_AFTER = "after"


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionPlan:
    """Without ``after``, only what is to come; without a ``key``, for its watcher alone."""

    after: int | None
    key: Hashable | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """What is the same whatever the variables are."""

    field: FieldNode
    definition: GraphQLField
    shared: bool
    after: str | None
    """The variable that says after which position, and nothing else."""


class SubscriptionPlanner:
    """Plans operations; each document is looked at once."""

    def __init__(self, schema: ComposedSchema) -> None:
        """For operations of this schema."""
        self._schema = schema.core
        self._hide_suggestions = not schema.suggests
        self._shapes: LRUCache[tuple[str, str | None], _Shape] = LRUCache(CACHED_MAX)

    def plan(
        self,
        prepared: PreparedDocument,
        operation: OperationDefinitionNode,
        variables: Mapping[str, Any],
    ) -> SubscriptionPlan:
        """The plan for an operation with these variables. Raises RequestError for wrong ones."""
        name = operation.name.value if operation.name else None
        shape = self._shape(prepared, operation, name)
        values = get_variable_values(
            self._schema,
            operation.variable_definitions or (),
            dict(variables),
            max_errors=20,
            hide_suggestions=self._hide_suggestions,
        )
        if isinstance(values, list):
            raise RequestError(*values, code="BAD_VARIABLE")
        after = get_argument_values(shape.definition, shape.field, values).get(_AFTER)
        if not shape.shared:
            return SubscriptionPlan(after=after, key=None)
        others = canonical_variables(operation, variables, but=shape.after)
        return SubscriptionPlan(
            after=after, key=None if others is None else (prepared.sha256, name, others)
        )

    def _shape(
        self, prepared: PreparedDocument, operation: OperationDefinitionNode, name: str | None
    ) -> _Shape:
        key = prepared.sha256, name
        shape = self._shapes.get(key)
        if shape is None:
            shape = self._shapes[key] = _look_at(self._schema, prepared, operation, name)
        return shape


def _look_at(
    schema: GraphQLSchema,
    prepared: PreparedDocument,
    operation: OperationDefinitionNode,
    name: str | None,
) -> _Shape:
    field = root_field(prepared.document, operation)
    # A valid subscription has a field of this type.
    definition = cast(GraphQLObjectType, schema.subscription_type).fields[field.name.value]
    named = {argument.name.value: argument.value for argument in field.arguments or ()}
    after = named.get(_AFTER)
    variable = after.name.value if isinstance(after, VariableNode) else None
    return _Shape(
        field=field,
        definition=definition,
        # Where the position says something else too, answers differ with it.
        shared=name in prepared.shareable and (variable is None or _uses(prepared, variable) == 1),
        after=variable,
    )


def _uses(prepared: PreparedDocument, variable: str) -> int:
    """How often a variable is used, beside its definitions."""
    uses = 0

    class Counter(Visitor):
        def enter_variable_definition(self, *_: Any) -> Any:
            return self.SKIP

        def enter_variable(self, node: VariableNode, *_: Any) -> None:
            nonlocal uses
            uses += node.name.value == variable

    visit(prepared.document, Counter())
    return uses
