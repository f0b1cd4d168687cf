"""Input types: one for each command, with the same fields."""

import dataclasses
import types
from collections.abc import Collection, Sequence
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import strawberry

from intersessional.domain.command_handling.command import Command
from intersessional.domain.decision.commands import OutcomeChoice
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import BadValue
from intersessional.graphql.relay.ids import uuid_of
from intersessional.graphql.schema.descriptions import attribute_descriptions, description_of
from intersessional.graphql.schema.scalars import OccurredText

ONLY_IMPORTED = "provenance"
VERSION = "expected_version"

_QUOTED_MAX = 80


def input_of(kind: Any, *, without: Collection[str] = (ONLY_IMPORTED,)) -> type:
    """The input type for a command or a value in one, without some of its fields."""
    if kind not in _TYPES:
        _TYPES[kind] = _make_type(kind, without)
    return _TYPES[kind]


_TYPES: dict[Any, type] = {}


def _make_type(kind: Any, without: Collection[str]) -> type:
    hints, words = get_type_hints(kind), attribute_descriptions(kind)
    annotations: dict[str, Any] = {}
    fields: dict[str, Any] = {}
    for field in dataclasses.fields(kind):
        if field.name not in without:
            annotations[field.name] = _annotation(hints[field.name])
            fields[field.name] = strawberry.field(
                description=words.get(field.name), **_default(kind, field.default)
            )
    cls = type(f"{kind.__name__}Input", (), {"__annotations__": annotations, **fields})
    return strawberry.input(
        cls, description=description_of(kind.__doc__), one_of=kind is OutcomeChoice
    )


def _default(kind: type, default: Any) -> dict[str, Any]:
    if default is dataclasses.MISSING:
        return {}
    if kind is OutcomeChoice:
        return {"default": strawberry.UNSET}
    return {"default_factory": list} if default == () else {"default": default}


def parse_command(kind: type[Command], fields: Any) -> Command:
    """The command with the fields of an input. Raises BadValue for an invalid id."""
    result: Command = _parse_object(kind, fields, "")
    return result


def _parse_object(kind: Any, source: Any, path: str) -> Any:
    values: dict[str, Any] = {}
    for name, hint in _fields(kind):
        value = getattr(source, name, strawberry.UNSET)
        if value is not strawberry.UNSET:
            values[name] = _parse_value(hint, value, f"{path}{name}")
    return kind(**values)


@cache
def _fields(kind: Any) -> Sequence[tuple[str, Any]]:
    """The names and types of a value's fields."""
    hints = get_type_hints(kind)
    names = [field.name for field in dataclasses.fields(kind)]
    return [(name, hints[name]) for name in names]


def _parse_value(hint: Any, value: Any, path: str) -> Any:
    hint = _required(hint)
    if value is None:
        return None
    if hint is UUID:
        try:
            return uuid_of(value)
        except ValueError:
            quoted = value[:_QUOTED_MAX]
            raise BadValue(field=path, problem=f"{quoted!r} is not an id of this record.") from None
    if get_origin(hint) is tuple:
        item = get_args(hint)[0]
        return tuple(_parse_value(item, one, f"{path}.{n}") for n, one in enumerate(value))
    if hint is not Occurred and dataclasses.is_dataclass(hint):
        return _parse_object(hint, value, f"{path}.")
    return value


def _annotation(hint: Any) -> Any:
    required = _required(hint)
    kind = _input_kind(required)
    return kind if required is hint else kind | None


def _input_kind(kind: Any) -> Any:
    if kind is UUID:
        return strawberry.ID
    if kind is Occurred:
        return OccurredText
    if get_origin(kind) is tuple:
        return types.GenericAlias(list, (_annotation(get_args(kind)[0]),))
    return input_of(kind) if dataclasses.is_dataclass(kind) else kind


def _required(hint: Any) -> Any:
    if get_origin(hint) in (Union, types.UnionType):
        (required,) = [arg for arg in get_args(hint) if arg is not type(None)]
        return required
    return hint
