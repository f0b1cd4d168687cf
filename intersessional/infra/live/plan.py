"""How a subscription is run: after which position, and shared with whom."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from graphql import OperationDefinitionNode, VariableNode, Visitor, visit
from graphql.execution import get_argument_values, get_variable_values

from intersessional.graphql.schema import ComposedSchema
from intersessional.graphql.shared import is_same_for_all, root_field
from intersessional.infra.web.documents import Prepared
from intersessional.infra.web.requests import RequestRefused

_AFTER = "after"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Without ``after``, only what is to come; without a ``key``, for its watcher alone."""

    after: int | None
    key: Hashable | None


def plan(
    schema: ComposedSchema,
    prepared: Prepared,
    operation: OperationDefinitionNode,
    variables: Mapping[str, Any],
) -> Plan:
    """The plan for an operation with these variables. Raises RequestRefused for wrong ones."""
    field = root_field(operation)
    types = schema.core.subscription_type
    definition = types.fields.get(field.name.value) if field and types else None
    values = get_variable_values(
        schema.core, operation.variable_definitions or (), dict(variables), max_errors=20
    )
    if isinstance(values, list):
        raise RequestRefused(*values)
    if field is None or definition is None:
        return Plan(after=None, key=None)
    after = get_argument_values(definition, field, values).get(_AFTER)
    if not is_same_for_all(schema.core, prepared.document, operation):
        return Plan(after=after, key=None)
    named = next((arg.value for arg in field.arguments or () if arg.name.value == _AFTER), None)
    others = dict(variables)
    if isinstance(named, VariableNode):
        if _uses(prepared, named.name.value) > 1:
            return Plan(after=after, key=None)
        others.pop(named.name.value, None)
    name = operation.name.value if operation.name else None
    key = (prepared.hash, name, orjson.dumps(others, option=orjson.OPT_SORT_KEYS))
    return Plan(after=after, key=key)


def _uses(prepared: Prepared, name: str) -> int:
    """How often a variable is used, beside its definitions."""
    uses = 0

    class Counter(Visitor):
        def enter_variable_definition(self, *_: Any) -> Any:
            return self.SKIP

        def enter_variable(self, node: VariableNode, *_: Any) -> None:
            nonlocal uses
            uses += node.name.value == name

    visit(prepared.document, Counter())
    return uses
