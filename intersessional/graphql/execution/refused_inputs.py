"""The inputs of queries that are refused to who has not signed in, whatever they hold."""

from collections.abc import Iterable, Mapping
from typing import Any

from graphql import VariableDefinitionNode, print_ast

from intersessional.graphql.schema.composed_schema import ComposedSchema


def without_refused_inputs(
    schema: ComposedSchema,
    definitions: Iterable[VariableDefinitionNode],
    variables: Mapping[str, Any],
) -> Mapping[str, Any]:
    """The variables, with the least input for each that is refused: a large one costs nothing.

    Their types are marked with ``SIGNED_IN_ONLY``.
    """
    least = {
        one.variable.name.value: schema.stand_ins[named]
        for one in definitions
        if (named := print_ast(one.type).strip("[]!")) in schema.stand_ins
    }
    return {**variables, **least} if least else variables
