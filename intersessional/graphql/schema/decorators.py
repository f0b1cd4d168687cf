"""Strawberry's decorators, with each docstring as the description in the schema."""

from collections.abc import Callable
from enum import Enum
from typing import Any, TypeVar, dataclass_transform

import strawberry
from strawberry.types.base import StrawberryObjectDefinition
from strawberry.types.enum import StrawberryEnumDefinition

from intersessional.graphql.schema.descriptions import attribute_descriptions, description_of
from intersessional.graphql.schema.list_size import directives_of
from intersessional.graphql.schema.signed_in_only import SIGNED_IN_ONLY

T = TypeVar("T")
E = TypeVar("E", bound=type[Enum])


@dataclass_transform(order_default=True, kw_only_default=True)
def object_type(cls: type[T]) -> type[T]:
    """An object type."""
    return _describe_fields(
        strawberry.type(cls, name=schema_name(cls), description=description_of(cls.__doc__))
    )


@dataclass_transform(order_default=True, kw_only_default=True)
def interface(cls: type[T]) -> type[T]:
    """An interface type."""
    return _describe_fields(
        strawberry.interface(cls, name=schema_name(cls), description=description_of(cls.__doc__))
    )


@dataclass_transform(order_default=True, kw_only_default=True)
def input_type(cls: type[T]) -> type[T]:
    """An input type."""
    return _describe_fields(strawberry.input(cls, description=description_of(cls.__doc__)))


@dataclass_transform(order_default=True, kw_only_default=True)
def signed_in_input_type(cls: type[T]) -> type[T]:
    """An input type of which nothing is read where nobody has signed in."""
    described = description_of(cls.__doc__)
    return _describe_fields(
        strawberry.input(cls, description=described, directives=[SIGNED_IN_ONLY])
    )


def enum(cls: E) -> E:
    """An enumeration, also one for which Strawberry has made a definition itself."""
    if "__strawberry_definition__" not in vars(cls):
        strawberry.enum(cls)
    definition: StrawberryEnumDefinition = vars(cls)["__strawberry_definition__"]
    definition.description = description_of(cls.__doc__)
    words = attribute_descriptions(cls)
    for value in definition.values:
        value.description = words.get(value.name)
    return cls


def field(resolver: Callable[..., Any]) -> Any:
    """A field that a method resolves."""
    return strawberry.field(
        resolver=resolver,
        description=description_of(resolver.__doc__),
        directives=directives_of(resolver),
    )


def subscription(resolver: Callable[..., Any]) -> Any:
    """A field of the subscription type."""
    return strawberry.subscription(resolver=resolver, description=description_of(resolver.__doc__))


def schema_name(cls: type) -> str:
    """The type's name in the schema: its class name without the suffix ``Type``.

    The suffix keeps it apart from the domain's class of the same noun.
    """
    return cls.__name__.removesuffix("Type")


def _describe_fields(cls: type[T]) -> type[T]:
    definition: StrawberryObjectDefinition = vars(cls)["__strawberry_definition__"]
    words = attribute_descriptions(cls)
    for one in definition.fields:
        one.description = one.description or words.get(one.python_name)
    return cls
