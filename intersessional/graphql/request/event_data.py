"""The data of events as JSON, with those of their sealed texts that can be read."""

from collections.abc import Iterator
from typing import Any, cast

import orjson

from intersessional.domain.kernel.sealed import Sealed

_SEALED = "sealed"
"""The one field of a commitment in the data of an event."""


def parse_data(state: bytes) -> tuple[Any, list[dict[str, Any]]]:
    """The data of an event's state, and the commitments in it, which get their texts."""
    parsed: dict[str, Any] = orjson.loads(state)
    data = parsed.get("data", parsed)
    return data, [*_commitments(data)]


def sealed_of(commitment: dict[str, Any]) -> Sealed:
    """The sealed text that a commitment in the data of an event stands for."""
    return Sealed(sealed=str(commitment[_SEALED]))


def _commitments(data: object) -> Iterator[dict[str, Any]]:
    left = [data]
    while left:
        value = left.pop()
        if isinstance(value, list):
            left += cast("list[object]", value)
        elif isinstance(value, dict):
            fields = cast("dict[str, Any]", value)
            if fields.keys() == {_SEALED}:
                yield fields
            else:
                left += fields.values()
