"""The input of a mutation, from the fields of a form."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, cast

import orjson
from graphql import (
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
)

from intersessional.graphql.execution.input_bounds import LIST_MAX
from intersessional.infra.connections.json_values import check_values
from intersessional.infra.page.errors import ScreenError

Fields = Mapping[str, Sequence[str]]
"""The values of each field, by its name.

``attribution.source`` is one of an input object, ``sections.0.text`` one of an item of a list, and
``proposals.0`` an item. The lines of ``areas.*`` are items of a list of texts, the paragraphs of
``blocks.*.text`` the texts of the items of a list of input objects; those of ``blocks.0.*.text``
are one item, with the other fields of ``blocks.0``, and items that follow it. An item can have
fields that nobody types in JSON, as ``blocks.0``. ``held.time`` is the time of the day of
``held``, in UTC; an instant of which only the day is given is its end. Of an input with exactly
one field, ``outcomes.0`` can name that field: ``outcomes.0.proposal`` is then one of its fields.
"""

ITEMS_MAX = 300
"""Items of a list that have fields of their own; a form has no more."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBER = re.compile(r"(\d{1,9})(\.|$)")
_PARAGRAPHS = re.compile(r"\n\s*\n")


def input_of(kind: GraphQLInputObjectType, fields: Fields, prefix: str = "") -> dict[str, Any]:
    """The input that fields give; other fields are not read.

    An empty field is left out where the input need not have it, and an item of a list where a text
    that it must have is empty. A list of input objects can be one field in JSON. A text that is no
    value of its type is passed on, for the API to refuse. Raises ScreenError for a list of too many
    items.
    """
    if _is_one_of(kind) and (chosen := _chosen(kind, fields, prefix)):
        return {chosen: _value(kind.fields[chosen].type, prefix.removesuffix("."), fields)}
    given: dict[str, Any] = {}
    for name, field in kind.fields.items():
        value = _value(field.type, prefix + name, fields)
        if value is not None:
            given[name] = value
    return given


def _value(kind: Any, name: str, fields: Fields) -> Any:
    if _is(GraphQLNonNull, kind):
        value = _value(kind.of_type, name, fields)
        return _empty(kind.of_type, name, fields) if value is None else value
    texts = [text for text in fields.get(name, ()) if text]
    if _is(GraphQLList, kind):
        return _values(kind.of_type, name, texts, fields)
    if isinstance(kind, GraphQLInputObjectType):
        return input_of(kind, fields, f"{name}.") or None
    if not texts:
        return None
    [time, *_] = [*fields.get(f"{name}.time", ()), ""]
    if not time and getattr(kind, "name", None) == "DateTime" and _DAY.fullmatch(texts[0]):
        return f"{texts[0]}T23:59:59Z"
    return _of_text(kind, f"{texts[0]}T{time}:00Z" if time else texts[0])


def _empty(kind: Any, name: str, fields: Fields) -> Any:
    """A required value whose fields are all empty: the API says better what is wrong with that."""
    if isinstance(kind, GraphQLInputObjectType):
        return {} if any(field.startswith(f"{name}.") for field in fields) else None
    return "" if name in fields and _is_text(kind) else None


def _values(kind: Any, name: str, texts: Sequence[str], fields: Fields) -> Any:
    item = kind.of_type if _is(GraphQLNonNull, kind) else kind
    if isinstance(item, GraphQLInputObjectType):
        return _json(texts[0]) if texts else _items(item, name, fields)
    lines = [line for text in fields.get(f"{name}.*", ()) for line in _lines(text)]
    numbered = [text for n in _numbers(name, fields) for text in fields.get(f"{name}.{n}", ())]
    given = [*texts, *filter(None, numbered), *filter(None, map(str.strip, lines))]
    return [_of_text(item, text) for text in given] or None


def _items(kind: GraphQLInputObjectType, name: str, fields: Fields) -> Any:
    """The items that have fields of their own, in the order of their numbers."""
    needed = [field for field, one in kind.fields.items() if _is_needed_text(one)]
    items: list[dict[str, Any]] = []
    numbers = _numbers(name, fields)
    if len(numbers) > ITEMS_MAX:
        message = f"The list {name} has {len(numbers)} items; a form has at most {ITEMS_MAX}."
        facts = {"field": name, "measured": len(numbers), "max": ITEMS_MAX}
        raise ScreenError(400, "TOO_MANY_ITEMS", message, facts=facts)
    for n in numbers:
        item = _item(kind, f"{name}.{n}", fields)
        first, *others = _paragraphs(needed, f"{name}.{n}", fields) or [{}]
        item |= first
        if (item or not _is_one_of(kind)) and all(item.get(field) for field in needed):
            items += [item, *others]
        if len(items) > LIST_MAX:
            break
    return [*items, *_paragraphs(needed, name, fields)] or None


def _item(kind: GraphQLInputObjectType, name: str, fields: Fields) -> dict[str, Any]:
    """An item with fields of its own, and with those that are given in JSON beside them."""
    item = input_of(kind, fields, f"{name}.")
    given = None if _is_one_of(kind) else _json(next(iter(fields.get(name, ())), "null"))
    return cast("dict[str, Any]", given) | item if isinstance(given, dict) else item


def _paragraphs(needed: Sequence[str], name: str, fields: Fields) -> list[dict[str, Any]]:
    """The items that the paragraphs of a text give, such as that of ``blocks.*.text``."""
    return [
        {field: part.strip()}
        for field in needed
        for text in fields.get(f"{name}.*.{field}", ())
        for part in _PARAGRAPHS.split(text, LIST_MAX)
        if part.strip()
    ]


def _lines(text: str) -> Sequence[str]:
    """The lines of a text; where it has more than a list may, the last one is all the rest."""
    lines = text.split("\n", LIST_MAX)
    return lines if len(lines) > LIST_MAX else text.splitlines()


def _chosen(kind: GraphQLInputObjectType, fields: Fields, prefix: str) -> str | None:
    """The field of an input with exactly one, as the field with the name of the input says."""
    texts = fields.get(prefix.removesuffix("."), ())
    return next((text for text in texts if text in kind.fields), None)


def _is_one_of(kind: GraphQLInputObjectType) -> bool:
    return kind.is_one_of or getattr(
        kind.extensions.get("strawberry-definition"), "is_one_of", False
    )


def _numbers(name: str, fields: Fields) -> Sequence[int]:
    """The numbers of the items of a list of which a field is not empty, in their order."""
    begins = f"{name}."
    own = (field for field in fields if field.startswith(begins) and any(fields[field]))
    found = [_NUMBER.match(field, len(begins)) for field in own]
    return sorted({int(one[1]) for one in found if one})


def _is_needed_text(field: Any) -> bool:
    return _is(GraphQLNonNull, field.type) and str(field.type.of_type) in ("ID", "String")


def _of_text(kind: Any, text: str) -> Any:
    match getattr(kind, "name", None):
        case "Int" | "Position":
            return int(text) if text.isascii() and text.isdigit() and len(text) < 17 else text
        case "Boolean":
            return {"true": True, "on": True, "false": False}.get(text, text)
        case _:
            return text


def _json(text: str) -> Any:
    check_values(text)
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return text


def _is_text(kind: Any) -> bool:
    return isinstance(kind, GraphQLScalarType) and kind.name == "String"


def _is(wrapper: type[Any], kind: Any) -> bool:
    return isinstance(kind, wrapper)
