"""The input of a mutation, from the fields of a form."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from graphql import (
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
)

Fields = Mapping[str, Sequence[str]]
"""The values of each field, by its name; ``attribution.source`` is one of an input object."""


def input_of(kind: GraphQLInputObjectType, fields: Fields, prefix: str = "") -> dict[str, Any]:
    """The input that fields give; other fields are not read.

    An empty field is left out where the input need not have it. A list of input objects is one
    field in JSON. A text that is no value of its type is passed on, for the API to refuse.
    """
    given: dict[str, Any] = {}
    for name, field in kind.fields.items():
        value = _value(field.type, prefix + name, fields)
        if value is not None:
            given[name] = value
    return given


def _value(kind: Any, name: str, fields: Fields) -> Any:
    if _is(GraphQLNonNull, kind):
        value = _value(kind.of_type, name, fields)
        # The API says better than a missing value what is wrong with an empty one.
        return "" if value is None and name in fields and _is_text(kind.of_type) else value
    texts = [text for text in fields.get(name, ()) if text]
    if _is(GraphQLList, kind):
        return _values(kind.of_type, texts)
    if isinstance(kind, GraphQLInputObjectType):
        return input_of(kind, fields, f"{name}.") or None
    return _of_text(kind, texts[0]) if texts else None


def _values(kind: Any, texts: Sequence[str]) -> Any:
    item = kind.of_type if _is(GraphQLNonNull, kind) else kind
    if not texts:
        return None
    if isinstance(item, GraphQLInputObjectType):
        return _json(texts[0])
    return [_of_text(item, text) for text in texts]


def _of_text(kind: Any, text: str) -> Any:
    match getattr(kind, "name", None):
        case "Int" | "Position":
            return int(text) if text.isascii() and text.isdigit() and len(text) < 17 else text
        case "Boolean":
            return {"true": True, "on": True, "false": False}.get(text, text)
        case _:
            return text


def _json(text: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return text


def _is_text(kind: Any) -> bool:
    return isinstance(kind, GraphQLScalarType) and kind.name == "String"


def _is(wrapper: type[Any], kind: Any) -> bool:
    return isinstance(kind, wrapper)
