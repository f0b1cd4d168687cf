"""The bounds of lists, which the schema states, and the cost of an operation is measured with."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import strawberry
from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    is_introspection_type,
)
from strawberry.schema_directive import Location
from strawberry.types.field import StrawberryField

R = TypeVar("R", bound=Callable[..., Any])

UNSTATED_MAX = 1_000
"""The longest that a list can be of which the schema states nothing."""

_MARK = "list_size"


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION],
    name="listSize",
    description="The longest that a list can be; the cost of an operation is measured with it.",
)
class ListSize:
    """The directive that states the bound of a list."""

    max: int


def at_most(size_max: int) -> Callable[[R], R]:
    """Mark a resolver as one of a list of at most ``size_max`` items."""

    def mark(resolver: R) -> R:
        setattr(resolver, _MARK, size_max)
        return resolver

    return mark


def directives_of(resolver: Callable[..., Any]) -> tuple[ListSize, ...]:
    """The directives of the field that a resolver resolves."""
    size_max = getattr(resolver, _MARK, None)
    return () if size_max is None else (ListSize(max=size_max),)


def stated_size(field: GraphQLField) -> int | None:
    """The longest that the list of a field can be; None where the schema states nothing."""
    ours = field.extensions.get("strawberry-definition")
    if not isinstance(ours, StrawberryField):
        return None
    return next((one.max for one in ours.directives if isinstance(one, ListSize)), None)


def list_size(parent: GraphQLNamedType, field: GraphQLField) -> int | None:
    """The longest that the list of a field can be; None for a field that is no list.

    The items of a connection are as many as its page size.
    """
    if not _is_list(field) or is_connection(parent):
        return None
    return stated_size(field) or UNSTATED_MAX


def is_connection(kind: GraphQLNamedType | None) -> bool:
    """Whether a type is a page of a list."""
    return kind is not None and kind.name.endswith("Connection")


def is_page_list(parent: GraphQLNamedType | None, field: GraphQLField | None) -> bool:
    """Whether a field has the items of a page."""
    return field is not None and is_connection(parent) and _is_list(field)


def _is_list(field: GraphQLField) -> bool:
    typed: Any = field
    return str(typed.type).startswith("[")


def list_sizes(schema: GraphQLSchema) -> Mapping[tuple[str, str], int]:
    """The bounds of all lists of the API, by type and field."""
    return {
        (kind.name, name): size
        for kind in schema.type_map.values()
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType)
        and not is_introspection_type(kind)
        for name, field in kind.fields.items()
        if (size := list_size(kind, field)) is not None
    }
