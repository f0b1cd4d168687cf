"""From the values in an event to plain JSON values."""

import dataclasses
from collections.abc import Callable, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any, cast
from uuid import UUID

from intersessional.domain.occurred import rfc3339
from intersessional.domain.sealed import Sealed

Seal = Callable[[str, str], str]
"""Seals the text that stands at a path and answers its commitment in hex."""


def plain(value: object, path: str, seal: Seal) -> Any:
    """The value in canonical JSON's terms, with every text sealed that is marked for it."""
    match value:
        case Sealed():
            return {"sealed": value.sealed or seal(path, value.value or "")}
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
        case _ if dataclasses.is_dataclass(value):
            names = [field.name for field in dataclasses.fields(value)]
            return {name: plain(getattr(value, name), f"{path}/{name}", seal) for name in names}
        case _:
            return value
