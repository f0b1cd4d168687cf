"""A canonical form of an operation's variables."""

from collections.abc import Mapping
from typing import Any

import orjson
from graphql import OperationDefinitionNode

from intersessional.graphql.execution.encoding import encode_json


def canonical_variables(
    operation: OperationDefinitionNode, variables: Mapping[str, Any], *, without: str | None = None
) -> bytes | None:
    """Encode the variables that the operation declares, without ``without``, with sorted keys.

    Undeclared variables are left out: they do not change the result. Returns None for values
    that are nested too deeply to encode.
    """
    declared = (one.variable.name.value for one in operation.variable_definitions or ())
    given = {name: variables[name] for name in declared if name in variables and name != without}
    try:
        return encode_json(given, orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError:
        return None
