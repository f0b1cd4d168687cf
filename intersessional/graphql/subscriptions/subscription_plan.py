"""Plans of subscriptions: after which position they begin, and which of them are shared."""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, cast

from cachetools import LRUCache
from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLField,
    GraphQLObjectType,
    OperationDefinitionNode,
    VariableNode,
    Visitor,
    print_ast,
    visit,
)
from graphql.execution import VariableValues, get_argument_values

from intersessional.graphql.execution.coerced_operation import CoercedOperation
from intersessional.graphql.execution.documents import PreparedDocument
from intersessional.graphql.execution.variables import canonical_variables
from intersessional.graphql.request.context import BadRequest
from intersessional.graphql.schema.composed_schema import ComposedSchema
from intersessional.graphql.schema.shareable import root_field
from intersessional.graphql.subscriptions.normal_form import NoNormalForm, normal_form

CACHED_MAX = 1_024

_AFTER = "after"


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionPlan:
    """Without ``after``, only events to come; without a ``key``, not shared."""

    after: int | None
    key: Hashable | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _OperationPlan:
    """The part of a plan that does not depend on variables; it holds nothing of the document."""

    shared: bool
    after: str | None
    """The variable of the position, used for nothing else."""


class SubscriptionPlanner:
    """Plans operations; what they are named by is cached."""

    def __init__(self, schema: ComposedSchema, *, cost_max: int) -> None:
        """``cost_max`` bounds the cost of an operation: it is executed for each event."""
        self._schema = schema.core
        self._cost_max = cost_max
        self._plans: LRUCache[tuple[str, str | None], _OperationPlan] = LRUCache(CACHED_MAX)
        self._keys: LRUCache[bytes, Hashable] = LRUCache(CACHED_MAX)

    def plan(self, operation: CoercedOperation) -> SubscriptionPlan:
        """Plan an operation.

        Raises BadRequest for one that costs too much, and GraphQLError for arguments that do not
        fit.
        """
        if operation.cost > self._cost_max:
            raise BadRequest(
                "QUERY_TOO_COSTLY",
                f"The subscription has a cost of {operation.cost}; {self._cost_max} is allowed.",
                measured=operation.cost,
                max=self._cost_max,
            )
        field = root_field(operation.document.document, operation.operation)
        arguments = get_argument_values(self._definition(field), field, operation.values)
        return SubscriptionPlan(after=arguments.get(_AFTER), key=self._key(operation, field))

    def shared(self, operation: CoercedOperation) -> CoercedOperation:
        """The operation as it is executed for all subscribers: nothing of one of them is held.

        Neither its variables nor the places in its text, which errors would tell others.
        """
        try:
            normal = self._normal_form(operation)
        except NoNormalForm:
            return operation
        document = replace(
            operation.document, document=DocumentNode(definitions=(normal,)), size_check=None
        )
        return replace(
            operation,
            document=document,
            operation=normal,
            variables={},
            values=VariableValues({}, {}),
        )

    def _definition(self, field: FieldNode) -> GraphQLField:
        # A valid subscription has a field of this type.
        root = cast(GraphQLObjectType, self._schema.subscription_type)
        return cast(GraphQLField, root.fields[field.name.value])

    def _key(self, operation: CoercedOperation, field: FieldNode) -> Hashable | None:
        """What equal operations are named by: the digest of their normal form."""
        plan = self._operation_plan(operation, field)
        if not plan.shared:
            return None
        others = canonical_variables(operation.operation, operation.variables, without=plan.after)
        if others is None:
            return None
        sent = sha256(f"{operation.document.sha256} {operation.name} ".encode() + others).digest()
        key = self._keys.get(sent)
        if key is None:
            try:
                normal = print_ast(self._normal_form(operation)).encode()
            except NoNormalForm:
                key = sent
            else:
                key = sha256(normal).digest()
            self._keys[sent] = key
        return key

    def _normal_form(self, operation: CoercedOperation) -> OperationDefinitionNode:
        document, values = operation.document.document, operation.values
        return normal_form(self._schema, document, operation.operation, values, without=_AFTER)

    def _operation_plan(self, operation: CoercedOperation, field: FieldNode) -> _OperationPlan:
        key = operation.document.sha256, operation.name
        plan = self._plans.get(key)
        if plan is None:
            named = {argument.name.value: argument.value for argument in field.arguments or ()}
            after = named.get(_AFTER)
            variable = after.name.value if isinstance(after, VariableNode) else None
            # Where the variable is used elsewhere too, results differ with it.
            alone = variable is not None and _uses(operation.document, variable) == 1
            plan = self._plans[key] = _OperationPlan(
                shared=operation.shareable, after=variable if alone else None
            )
        return plan


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
