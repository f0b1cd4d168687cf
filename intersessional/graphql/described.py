"""Strawberry's decorators, with each docstring as the description in the schema."""

import inspect
from collections.abc import Callable
from enum import Enum
from typing import Any, TypeVar, dataclass_transform

import strawberry

T = TypeVar("T")
E = TypeVar("E", bound=type[Enum])


def _prose(thing: object) -> str | None:
    doc = inspect.getdoc(thing)
    return None if doc is None else " ".join(doc.split())


@dataclass_transform(order_default=True, kw_only_default=True)
def node_type(cls: type[T]) -> type[T]:
    """An object type."""
    return strawberry.type(cls, description=_prose(cls))


@dataclass_transform(order_default=True, kw_only_default=True)
def interface(cls: type[T]) -> type[T]:
    """An interface type."""
    return strawberry.interface(cls, description=_prose(cls))


def enum(cls: E) -> E:
    """An enumeration of the domain."""
    return strawberry.enum(cls, description=_prose(cls))


def field(resolver: Callable[..., Any]) -> Any:
    """A field that a method resolves."""
    return strawberry.field(resolver=resolver, description=_prose(resolver))


def subscription(resolver: Callable[..., Any]) -> Any:
    """A field of the subscription type."""
    return strawberry.subscription(resolver=resolver, description=_prose(resolver))
