"""Refusals in the API: a type for each kind, with its stable code and the facts that explain it."""

import dataclasses
from functools import cache
from typing import Any, get_type_hints
from uuid import UUID

import strawberry

from intersessional.domain.refused import Refused
from intersessional.graphql.described import interface


@interface
class Refusal:
    """The record said no, and nothing was recorded."""

    code: str = strawberry.field(description="The stable name of the reason.")
    message: str = strawberry.field(description="The reason, in a sentence.")


@cache
def refusal_type(refused: type[Refused]) -> type[Refusal]:
    """The type that answers with this refusal: its facts are the fields."""
    hints = get_type_hints(refused)
    facts = {fact.name: _fact_type(hints[fact.name]) for fact in dataclasses.fields(refused)}
    cls = type(refused.__name__, (Refusal,), {"__annotations__": facts, "__module__": __name__})
    return strawberry.type(cls, description=" ".join((refused.__doc__ or "").split()))


def refusal(refused: Refused) -> Refusal:
    """The answer that this refusal becomes."""
    facts = {fact.name: _fact(getattr(refused, fact.name)) for fact in dataclasses.fields(refused)}
    return refusal_type(type(refused))(code=refused.code, message=str(refused), **facts)


def _fact_type(hint: Any) -> Any:
    if hint is UUID:
        return strawberry.ID
    if getattr(hint, "__origin__", None) is tuple:
        return list[_fact_type(hint.__args__[0])]  # type: ignore[misc]
    return hint


def _fact(value: Any) -> Any:
    match value:
        case UUID():
            return strawberry.ID(str(value))
        case tuple():
            return [_fact(item) for item in value]
        case _:
            return value
