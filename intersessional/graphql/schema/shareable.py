"""Decides whether an operation has the same result for all callers, and can be executed once."""

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

_MARK = "shareable"


def shareable(resolver: R) -> R:
    """Mark a resolver that takes ``info`` as having the same result for all callers."""
    setattr(resolver, _MARK, True)
    return resolver


def is_shareable(
    schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode
) -> bool:
    """Whether all fields of an operation provably have the same result for all callers.

    A resolver without ``info`` cannot know the caller; one with it must be marked.
    """
    fragments = {
        one.name.value: one
        for one in document.definitions
        if isinstance(one, FragmentDefinitionNode)
    }
    check = _ShareableCheck(schema)
    check.visit(operation)
    while check.spread and check.proven:
        name = check.spread.pop()
        if name in fragments:
            check.visit(fragments.pop(name))
    return check.proven


class _ShareableCheck:
    def __init__(self, schema: GraphQLSchema) -> None:
        self.proven = True
        self.spread: list[str] = []
        self._schema = schema
        self._types = TypeInfo(schema)

    def visit(self, node: Node) -> None:
        visit(node, TypeInfoVisitor(self._types, _Visitor(self, self._types)))

    def check_field(self, name: str, parent: object, field: GraphQLField | None) -> None:
        fields = [field]
        if is_abstract_type(parent):
            # The executed field is the one of the concrete type.
            fields += [kind.fields.get(name) for kind in self._schema.get_possible_types(parent)]
        self.proven = self.proven and field is not None and all(map(_proven, filter(None, fields)))


class _Visitor(Visitor):
    def __init__(self, check: _ShareableCheck, types: TypeInfo) -> None:
        super().__init__()
        self._check = check
        self._types = types

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        types = self._types
        self._check.check_field(node.name.value, types.get_parent_type(), types.get_field_def())

    def enter_fragment_spread(self, node: FragmentSpreadNode, *_: Any) -> None:
        self._check.spread.append(node.name.value)


def _proven(field: GraphQLField) -> bool:
    definition = field.extensions.get("strawberry-definition")
    if not isinstance(definition, StrawberryField):
        # Introspection and __typename: the schema is the same for all callers.
        return not field.extensions
    if definition.permission_classes or definition.extensions:
        return False
    resolver = cast(Any, definition).base_resolver
    if resolver is None or resolver.info_parameter is None:
        return True
    return bool(getattr(resolver.wrapped_func, _MARK, False))


def root_field(document: DocumentNode, operation: OperationDefinitionNode) -> FieldNode:
    """The one field that a valid subscription selects, also inside fragments."""
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
