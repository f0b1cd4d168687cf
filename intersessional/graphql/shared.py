"""Which operations answer everyone the same, so that one execution serves them all."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLSchema,
    Node,
    OperationDefinitionNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    visit,
)
from strawberry.types.field import StrawberryField

R = TypeVar("R", bound=Callable[..., Any])

_MARK = "answers_everyone_the_same"


def same_for_all(resolver: R) -> R:
    """Say of a resolver that takes ``info``: it answers everyone who may ask the same."""
    setattr(resolver, _MARK, True)
    return resolver


def is_same_for_all(
    schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode
) -> bool:
    """Whether everything the operation selects provably answers everyone the same.

    A resolver that does not take ``info`` cannot know who asks; one that does must say so.
    """
    fragments = {
        one.name.value: one
        for one in document.definitions
        if isinstance(one, FragmentDefinitionNode)
    }
    looker = _Looker(TypeInfo(schema))
    looker.look(operation)
    while looker.spread and looker.proven:
        name = looker.spread.pop()
        if name in fragments:
            looker.look(fragments.pop(name))
    return looker.proven


class _Looker:
    def __init__(self, types: TypeInfo) -> None:
        self.proven = True
        self.spread: list[str] = []
        self._types = types

    def look(self, node: Node) -> None:
        visit(node, TypeInfoVisitor(self._types, _Visitor(self, self._types)))

    def see(self, field: GraphQLField | None) -> None:
        self.proven = self.proven and field is not None and _proven(field)


class _Visitor(Visitor):
    def __init__(self, looker: _Looker, types: TypeInfo) -> None:
        super().__init__()
        self._looker = looker
        self._types = types

    def enter_field(self, *_: Any) -> None:
        self._looker.see(self._types.get_field_def())

    def enter_fragment_spread(self, node: FragmentSpreadNode, *_: Any) -> None:
        self._looker.spread.append(node.name.value)


def _proven(field: GraphQLField) -> bool:
    told = field.extensions.get("strawberry-definition")
    if not isinstance(told, StrawberryField):
        # Introspection, and the name of a type: the schema is the same for everyone.
        return not field.extensions
    resolver = cast(Any, told).base_resolver
    if resolver is None or resolver.info_parameter is None:
        return True
    return bool(getattr(resolver.wrapped_func, _MARK, False))


def root_field(operation: OperationDefinitionNode) -> FieldNode | None:
    """The one field that a subscription selects, when it stands there itself."""
    selections = operation.selection_set.selections
    first = selections[0] if len(selections) == 1 else None
    return first if isinstance(first, FieldNode) else None
