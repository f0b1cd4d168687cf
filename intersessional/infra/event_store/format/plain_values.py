"""Plain JSON values of the values in an event."""

import dataclasses
from collections.abc import Callable, Sequence
from datetime import date, datetime
from enum import Enum
from types import NoneType
from typing import Any, cast
from uuid import UUID

from intersessional.domain.kernel.occurred import rfc3339
from intersessional.domain.kernel.sealed import Sealed

Seal = Callable[[str, Sealed], str]
"""Seals the text at a path and answers its commitment in hex."""

_PLAIN = frozenset({str, int, bool, NoneType})
_NAMES: dict[type, tuple[str, ...]] = {}


def plain(value: object, path: str, seal: Seal) -> Any:
    """The value as plain JSON, with each ``Sealed`` text replaced by its commitment.

    Raises ValueError for a ``Sealed`` without a text and without a commitment.
    """
    kind = type(value)
    if kind in _PLAIN:
        return value
    if names := field_names(kind):
        if kind is Sealed:
            return {"sealed": _commitment(cast("Sealed", value), path, seal)}
        return {name: plain(getattr(value, name), f"{path}/{name}", seal) for name in names}
    match value:
        case Enum():
            return value.value
        case UUID():
            return str(value)
        case datetime():
            return rfc3339(value)
        case date():
            return value.isoformat()
        case tuple():
            items = cast("Sequence[object]", value)
            return [plain(item, f"{path}/{n}", seal) for n, item in enumerate(items)]
        case _:
            return value


def _commitment(text: Sealed, path: str, seal: Seal) -> str:
    if text.sealed is not None:
        return text.sealed
    if text.value is None:
        raise ValueError(f"{path} is sealed and holds neither a text nor a commitment")
    return seal(path, text)


def field_names(kind: type) -> tuple[str, ...]:
    """The names of a dataclass's fields, in order; none for what is no dataclass."""
    names = _NAMES.get(kind)
    if names is None:
        fields = dataclasses.fields(kind) if dataclasses.is_dataclass(kind) else ()
        names = _NAMES[kind] = tuple(field.name for field in fields)
    return names
