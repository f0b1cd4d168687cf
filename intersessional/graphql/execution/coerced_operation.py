"""An operation with the values that it is executed with: what is measured is what is executed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLInputObjectType,
    OperationDefinitionNode,
    OperationType,
    VariableDefinitionNode,
    print_ast,
)
from graphql.execution import VariableValues, get_variable_values

from intersessional.graphql.execution.documents import PreparedDocument
from intersessional.graphql.execution.input_bounds import check_inputs
from intersessional.graphql.execution.refused_inputs import without_refused_inputs
from intersessional.graphql.execution.requests import RequestError
from intersessional.graphql.request.context import BadRequest
from intersessional.graphql.schema.composed_schema import ComposedSchema

INPUT_POINTS_MAX = 25_000
"""Inputs of a quarter of a second: three drafts of the largest size, in one turn of the loop."""
ERRORS_MAX = 5
"""Errors of variables that are reported."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoercedOperation:
    """One operation of a document, with its variables and its measured cost."""

    schema: ComposedSchema
    document: PreparedDocument
    operation: OperationDefinitionNode
    variables: Mapping[str, Any]
    """As they were sent."""
    values: VariableValues
    """As resolvers get them, with defaults: these are measured and executed."""
    cost: int
    """The number of fields that are resolved at most."""
    input_points: int = 0
    """What coercing and converting its inputs costs."""
    refused: bool = False
    """Whether its commands are refused because nobody is signed in."""

    @property
    def name(self) -> str | None:
        """The name of the operation; None for one without."""
        return self.operation.name.value if self.operation.name else None

    @property
    def shareable(self) -> bool:
        """Whether the result is the same for every caller."""
        return self.name in self.document.shareable


def coerce_operation(
    schema: ComposedSchema,
    document: PreparedDocument,
    operation_name: str | None,
    variables: Mapping[str, Any],
    *,
    signed_in: bool = True,
) -> CoercedOperation:
    """Coerce the variables of an operation, and measure it with them.

    Inputs of commands that nobody has signed in for are not coerced: they are refused, and those
    of queries for persons who have signed in are replaced by the least ones. Raises
    RequestError for variables that do not fit, and BadRequest for an operation that is not in the
    document, or too large.
    """
    operation = document.operation(operation_name)
    refused = operation.operation is OperationType.MUTATION and not signed_in
    definitions = operation.variable_definitions or ()
    if refused:
        definitions = tuple(one for one in definitions if not _is_input(schema, one))
    elif not signed_in:
        variables = without_refused_inputs(schema, definitions, variables)
    declared = (one.variable.name.value for one in definitions)
    check_inputs(variables[name] for name in declared if name in variables)
    values = get_variable_values(
        schema.core,
        definitions,
        dict(variables),
        max_errors=ERRORS_MAX,
        hide_suggestions=not schema.suggests,
    )
    if isinstance(values, list):
        raise RequestError(*values, code="BAD_VARIABLE")
    input_points = document.input_points(values.coerced)
    if input_points > INPUT_POINTS_MAX:
        message = "The inputs are used too often for their size: send them one by one."
        facts = {"measured": input_points, "max": INPUT_POINTS_MAX}
        raise BadRequest("QUERY_TOO_COSTLY", message, **facts)
    return CoercedOperation(
        schema=schema,
        document=document,
        operation=operation,
        variables=variables,
        values=values,
        cost=document.cost(operation, values.coerced),
        input_points=input_points,
        refused=refused,
    )


def _is_input(schema: ComposedSchema, definition: VariableDefinitionNode) -> bool:
    named = print_ast(definition.type).strip("[]!")
    return isinstance(schema.core.get_type(named), GraphQLInputObjectType)
