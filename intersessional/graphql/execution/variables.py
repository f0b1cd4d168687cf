"""The variables of an operation, told in one way."""

from collections.abc import Mapping
from typing import Any

import orjson
from graphql import OperationDefinitionNode


def canonical_variables(
    operation: OperationDefinitionNode, variables: Mapping[str, Any], *, but: str | None = None
) -> bytes | None:
    """Those that the operation declares, ``but`` one; None for what nests too deeply to be told.

    What it does not declare makes no other question of it.
    """
    declared = (one.variable.name.value for one in operation.variable_definitions or ())
    given = {name: variables[name] for name in declared if name in variables and name != but}
    try:
        return orjson.dumps(given, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError:
        return None
