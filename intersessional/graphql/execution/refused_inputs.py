"""The inputs of queries that are refused to who has not signed in, whatever they hold."""

from collections.abc import Iterable, Mapping
from typing import Any

from graphql import VariableDefinitionNode, print_ast

_STAND_INS: Mapping[str, Any] = {
    "CommandInput": {"joinGroup": {"commandId": "", "group": ""}},
    "ImportCheckInput": {"text": ""},
}
"""The least input of each of these types; it is coerced instead of what was sent."""


def without_refused_inputs(
    definitions: Iterable[VariableDefinitionNode], variables: Mapping[str, Any]
) -> Mapping[str, Any]:
    """The variables, with the least input for each that is refused: a large one costs nothing."""
    least = {
        one.variable.name.value: _STAND_INS[named]
        for one in definitions
        if (named := print_ast(one.type).strip("[]!")) in _STAND_INS
    }
    return {**variables, **least} if least else variables
