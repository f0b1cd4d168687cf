"""The fields in which a correction differs from what was recorded before it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any, cast

from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed

Value = Sealed | str | None
"""A value of a field: a sealed text, or in words as commands have it."""

OUTSIDE_THE_DATA = frozenset(
    {"originator_id", "originator_version", "originator_topic", "timestamp", "act"}
)
"""The fields that every event has, beside its data."""


@dataclass(frozen=True, slots=True)
class ChangedField:
    """A field of an event with its values before and after a correction."""

    field: str
    """Its path with dots; ``occurred`` for the time of the event."""
    before: Value
    after: Value


def changed_fields(before: DomainEvent, after: DomainEvent) -> Sequence[ChangedField]:
    """The fields in which two forms of one event differ."""
    old, new = field_values(before), field_values(after)
    paths = dict.fromkeys((*old, *new))
    return [
        ChangedField(path, old.get(path), new.get(path))
        for path in paths
        if old.get(path) != new.get(path)
    ]


def field_values(event: DomainEvent) -> Mapping[str, Value]:
    """The values of the fields of an event, by their paths."""
    names = [one.name for one in fields(event) if one.name not in OUTSIDE_THE_DATA]
    values = {path: value for name in names for path, value in _leaves(name, getattr(event, name))}
    return {"occurred": event.act.occurred.at, **values}


def _leaves(path: str, value: Any) -> Iterator[tuple[str, Value]]:
    match value:
        case None | Sealed():
            yield path, value
        case Occurred():
            yield path, value.at
        case tuple():
            items = cast("tuple[object, ...]", value)
            for n, item in enumerate(items):
                yield from _leaves(f"{path}.{n}", item)
        case _ if is_dataclass(value) and not isinstance(value, type):
            for one in fields(value):
                yield from _leaves(f"{path}.{one.name}", getattr(value, one.name))
        case _:
            yield path, _word(value)


def _word(value: Any) -> str:
    match value:
        case Enum():
            return str(value.value)
        case date():
            return value.isoformat()
        case bool():
            return str(value).lower()
        case _:
            return str(value)
