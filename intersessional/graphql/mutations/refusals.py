"""Refusals in the API: a type for each kind, with its stable code and the facts that explain it."""

from dataclasses import fields, replace
from typing import Any, cast, get_type_hints
from uuid import UUID

import strawberry
from strawberry.utils.str_converters import to_camel_case

from intersessional.answer_counts import refusals
from intersessional.domain.kernel.fact import Fact
from intersessional.domain.kernel.refusals import FieldPath, Refused
from intersessional.graphql.schema.decorators import interface, object_type
from intersessional.graphql.schema.descriptions import attribute_descriptions
from intersessional.graphql.schema.list_size import ListSize
from intersessional.graphql.values.fact import FactType

FACTS_MAX = 100
"""Items of a fact that is a list."""


@interface
class Refusal:
    """A command was refused: nothing was recorded."""

    code: str
    """The reason as a stable code."""
    message: str
    """The reason as a sentence."""


def refusal_type(refused: type[Refused]) -> type[Refusal]:
    """The API type of a refusal; its fields are the facts."""
    if refused not in _TYPES:
        _TYPES[refused] = _make_type(refused)
    return _TYPES[refused]


def refusal(refused: Refused) -> Refusal:
    """The refusal of a command that was sent, as a value of its API type."""
    refusals[refused.code] += 1
    return refusal_value(refused)


def refusal_value(refused: Refused) -> Refusal:
    """A refusal as a value of its API type; it is not counted."""
    refused = _with_api_paths(refused)
    facts = {_field(name): _fact(fact) for name, fact in vars(refused).items()}
    return refusal_type(type(refused))(code=refused.code, message=str(refused), **facts)


def _with_api_paths(refused: Refused) -> Refused:
    """The refusal with the paths of fields in camelCase, as the API's inputs name them."""
    paths: dict[str, Any] = {}
    for name, hint in get_type_hints(type(refused), include_extras=True).items():
        if hint is FieldPath:
            paths[name] = _api_path(getattr(refused, name))
        elif hint == tuple[FieldPath, ...]:
            paths[name] = tuple(map(_api_path, getattr(refused, name)))
    return replace(refused, **paths) if paths else refused


def _api_path(path: str) -> str:
    return ".".join(map(to_camel_case, path.split(".")))


_TYPES: dict[type[Refused], type[Refusal]] = {}


def _make_type(refused: type[Refused]) -> type[Refusal]:
    words = attribute_descriptions(refused)
    hints = get_type_hints(refused)
    hints = {field.name: hints[field.name] for field in fields(refused)}
    annotations = {_field(name): _fact_type(hint) for name, hint in hints.items()}
    facts = {
        _field(name): strawberry.field(
            description=words.get(name),
            directives=[ListSize(max=FACTS_MAX)] if _is_list(hint) else (),
        )
        for name, hint in hints.items()
    }
    cls = type(
        refused.__name__,
        (Refusal,),
        {
            "__annotations__": annotations,
            "__module__": __name__,
            "__doc__": refused.__doc__,
            **facts,
        },
    )
    return object_type(cls)


def _field(fact: str) -> str:
    """The field of a fact. Not ``id``: client caches would take the refusal for that node."""
    return "subject" if fact == "id" else fact


def _fact_type(hint: Any) -> Any:
    if hint is UUID:
        return strawberry.ID
    if hint is Fact:
        return FactType
    if _is_list(hint):
        return list[_fact_type(hint.__args__[0])]  # type: ignore[misc]
    return hint


def _is_list(hint: Any) -> bool:
    return getattr(hint, "__origin__", None) is tuple


def _fact(value: object) -> object:
    if isinstance(value, tuple):
        return [_fact(item) for item in cast("tuple[object, ...]", value)]
    if isinstance(value, Fact):
        return FactType.of(value)
    return strawberry.ID(str(value)) if isinstance(value, UUID) else value
