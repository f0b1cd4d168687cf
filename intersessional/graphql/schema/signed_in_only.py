"""Inputs of persons who have signed in: what anybody else sends in their place is not read."""

from collections.abc import Mapping
from typing import Any, cast

import strawberry
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    is_required_input_field,
)
from strawberry.schema_directive import Location
from strawberry.types.base import StrawberryObjectDefinition

_SCALARS: Mapping[str, Any] = {"ID": "", "String": "", "Int": 0, "Float": 0.0, "Boolean": False}


@strawberry.schema_directive(
    locations=[Location.INPUT_OBJECT],
    name="signedInOnly",
    description="An input of persons who have signed in: of anybody else nothing of it is read.",
)
class SignedInOnly:
    """The directive of an input type that is refused to who has not signed in."""


SIGNED_IN_ONLY = SignedInOnly()


def stand_ins(schema: GraphQLSchema) -> Mapping[str, Any]:
    """The least input of each type that is marked; it is coerced instead of what was sent.

    Raises ValueError for a type of which none is known.
    """
    return {
        name: _least(kind)
        for name, kind in schema.type_map.items()
        if isinstance(kind, GraphQLInputObjectType) and SIGNED_IN_ONLY in _definition(kind)[1]
    }


def _least(kind: Any) -> Any:
    if isinstance(kind, GraphQLNonNull):
        return _least(cast("Any", kind).of_type)
    if isinstance(kind, GraphQLList):
        return []
    if isinstance(kind, GraphQLEnumType):
        return next(iter(kind.values))
    if not isinstance(kind, GraphQLInputObjectType):
        return _SCALARS[kind.name]
    is_one_of, _ = _definition(kind)
    if is_one_of:
        return _least_choice(kind)
    needed = {name: one for name, one in kind.fields.items() if is_required_input_field(one)}
    return {name: _least(one.type) for name, one in needed.items()}


def _least_choice(kind: GraphQLInputObjectType) -> Mapping[str, Any]:
    """The first field of an input with exactly one of which a least value is known."""
    for name, field in kind.fields.items():
        try:
            return {name: _least(field.type)}
        except KeyError:
            continue
    raise ValueError(f"{kind.name} has no field of which a least value is known")


def _definition(kind: GraphQLInputObjectType) -> tuple[bool, list[object]]:
    """Whether an input has exactly one field, and its directives."""
    definition = kind.extensions.get("strawberry-definition")
    if not isinstance(definition, StrawberryObjectDefinition):
        return kind.is_one_of, []
    return kind.is_one_of or definition.is_one_of, [*(definition.directives or ())]
