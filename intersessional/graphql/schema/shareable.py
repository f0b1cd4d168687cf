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
    InlineFragmentNode,
    Node,
    OperationDefinitionNode,
    SelectionNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    is_abstract_type,
    visit,
)
from strawberry.types.field import StrawberryField

R = TypeVar("R", bound=Callable[..., Any])

_MARK = "answers_everyone_the_same"


def shareable(resolver: R) -> R:
    """Say of a resolver that takes ``info``: it answers everyone who may ask the same."""
    setattr(resolver, _MARK, True)
    return resolver


def is_shareable(
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
    looker = _Looker(schema)
    looker.look(operation)
    while looker.spread and looker.proven:
        name = looker.spread.pop()
        if name in fragments:
            looker.look(fragments.pop(name))
    return looker.proven


class _Looker:
    def __init__(self, schema: GraphQLSchema) -> None:
        self.proven = True
        self.spread: list[str] = []
        self._schema = schema
        self._types = TypeInfo(schema)

    def look(self, node: Node) -> None:
        visit(node, TypeInfoVisitor(self._types, _Visitor(self, self._types)))

    def see(self, name: str, parent: object, field: GraphQLField | None) -> None:
        fields = [field]
        if is_abstract_type(parent):
            # What is executed is the field of the type that is found there.
            fields += [kind.fields.get(name) for kind in self._schema.get_possible_types(parent)]
        self.proven = self.proven and field is not None and all(map(_proven, filter(None, fields)))


class _Visitor(Visitor):
    def __init__(self, looker: _Looker, types: TypeInfo) -> None:
        super().__init__()
        self._looker = looker
        self._types = types

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        types = self._types
        self._looker.see(node.name.value, types.get_parent_type(), types.get_field_def())

    def enter_fragment_spread(self, node: FragmentSpreadNode, *_: Any) -> None:
        self._looker.spread.append(node.name.value)


def _proven(field: GraphQLField) -> bool:
    told = field.extensions.get("strawberry-definition")
    if not isinstance(told, StrawberryField):
        # Introspection, and the name of a type: the schema is the same for everyone.
        return not field.extensions
    if told.permission_classes or told.extensions:
        return False
    resolver = cast(Any, told).base_resolver
    if resolver is None or resolver.info_parameter is None:
        return True
    return bool(getattr(resolver.wrapped_func, _MARK, False))


def root_field(document: DocumentNode, operation: OperationDefinitionNode) -> FieldNode:
    """The one field that a valid subscription selects, in however many fragments it stands."""
    fragments = {
        one.name.value: one
        for one in document.definitions
        if isinstance(one, FragmentDefinitionNode)
    }
    selected: SelectionNode = operation.selection_set.selections[0]
    while not isinstance(selected, FieldNode):
        if isinstance(selected, FragmentSpreadNode):
            selected = fragments[selected.name.value].selection_set.selections[0]
        elif isinstance(selected, InlineFragmentNode):
            selected = selected.selection_set.selections[0]
    return selected
