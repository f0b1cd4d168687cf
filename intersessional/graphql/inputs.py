"""Inputs of the API: one for each command, with the same fields."""

import dataclasses
import inspect
import types
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import strawberry
from strawberry.utils.str_converters import to_camel_case

from intersessional.domain.command import Command
from intersessional.domain.decision.commands import Outcomes
from intersessional.domain.occurred import Occurred
from intersessional.domain.refused import BadValue
from intersessional.graphql.scalars import OccurredText

_ONLY_IMPORTED = "provenance"


def input_type(told: Any) -> type:
    """The input for a command, or for a value that stands in one."""
    if told not in _TYPES:
        _TYPES[told] = _make_type(told)
    return _TYPES[told]


_TYPES: dict[Any, type] = {}


def _make_type(told: Any) -> type:
    hints = get_type_hints(told)
    annotations: dict[str, Any] = {}
    defaults: dict[str, Any] = {}
    for field in dataclasses.fields(told):
        if field.name != _ONLY_IMPORTED:
            annotations[field.name] = _annotation(hints[field.name])
            if field.default is not dataclasses.MISSING:
                defaults[field.name] = _default(told, field.default)
    cls = type(f"{told.__name__}Input", (), {"__annotations__": annotations, **defaults})
    doc = " ".join((inspect.getdoc(told) or "").split())
    return strawberry.input(cls, description=doc, one_of=told is Outcomes)


def _default(told: type, default: Any) -> Any:
    if told is Outcomes:
        return strawberry.UNSET
    return strawberry.field(default_factory=list) if default == () else default


def command(kind: type[Command], given: Any) -> Command:
    """The command that an input asks for. Raises BadValue for an id that is none."""
    told: Command = _told(kind, given, "")
    return told


def _told(kind: Any, given: Any, path: str) -> Any:
    hints = get_type_hints(kind)
    values: dict[str, Any] = {}
    for field in dataclasses.fields(kind):
        value = getattr(given, field.name, strawberry.UNSET)
        if value is not strawberry.UNSET:
            values[field.name] = _value(
                hints[field.name], value, f"{path}{to_camel_case(field.name)}"
            )
    return kind(**values)


def _value(hint: Any, value: Any, path: str) -> Any:
    hint = _required(hint)
    if value is None:
        return None
    if hint is UUID:
        try:
            return UUID(value)
        except ValueError:
            raise BadValue(field=path, problem=f"{value!r} is no id of this record.") from None
    if get_origin(hint) is tuple:
        item = get_args(hint)[0]
        return tuple(_value(item, one, f"{path}/{n}") for n, one in enumerate(value))
    if hint is not Occurred and dataclasses.is_dataclass(hint):
        return _told(hint, value, f"{path}/")
    return value


def _annotation(hint: Any) -> Any:
    required = _required(hint)
    if required is UUID:
        kind: Any = strawberry.ID
    elif required is Occurred:
        kind = OccurredText
    elif get_origin(required) is tuple:
        kind = list[_annotation(get_args(required)[0])]  # type: ignore[misc]
    elif dataclasses.is_dataclass(required):
        kind = input_type(required)
    else:
        kind = required
    return kind if required is hint else kind | None


def _required(hint: Any) -> Any:
    if get_origin(hint) in (Union, types.UnionType):
        (required,) = [arg for arg in get_args(hint) if arg is not type(None)]
        return required
    return hint
