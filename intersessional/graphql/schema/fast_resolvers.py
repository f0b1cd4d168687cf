"""Resolvers that are called directly, without Strawberry's argument handling."""

from collections.abc import Callable
from typing import Any, cast

from graphql import GraphQLField, GraphQLObjectType, GraphQLSchema
from strawberry.types.field import StrawberryField


def use_fast_resolvers(schema: GraphQLSchema) -> None:
    """Call each resolver that takes only its object directly.

    Strawberry prepares arguments and an ``info`` for every call, which costs more than most
    resolvers do.
    """
    for kind in schema.type_map.values():
        if isinstance(kind, GraphQLObjectType):
            for field in kind.fields.values():
                method = _method(field)
                if method is not None:
                    field.resolve = _resolve(method)


def _resolve(method: Callable[[Any], Any]) -> Callable[[Any, Any], Any]:
    return lambda source, _: method(source)


def _method(field: GraphQLField) -> Callable[[Any], Any] | None:
    ours = field.extensions.get("strawberry-definition")
    if not isinstance(ours, StrawberryField) or ours.permission_classes or ours.extensions:
        return None
    resolver = cast("Any", ours).base_resolver
    if resolver is None or [*resolver.signature.parameters] not in (["self"], ["root"]):
        return None
    return cast("Callable[[Any], Any]", resolver.wrapped_func)
