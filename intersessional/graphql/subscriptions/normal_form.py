"""The normal form of an operation: equal for operations whose results are equal by their text."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any
from uuid import UUID

import graphql
from graphql import (
    ArgumentNode,
    ConstValueNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLID,
    GraphQLIncludeDirective,
    GraphQLInputObjectType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLSkipDirective,
    InlineFragmentNode,
    NameNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    VariableNode,
    is_abstract_type,
    print_ast,
)
from graphql.execution import VariableValues, get_argument_values, get_directive_values

_core: Any = graphql
"""Untyped: graphql-core's functions and fields lack type arguments."""

SELECTIONS_MAX = 10_000
"""Selections that are visited: fragments can spread exponentially."""

_CONDITIONS = {"skip", "include"}


class NoNormalForm(Exception):
    """The operation holds something of which this module knows no normal form."""


def normal_form(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    values: VariableValues,
    *,
    without: str,
) -> OperationDefinitionNode:
    """An operation of a valid document as it is executed with these coerced variables.

    It has no name, no variables and no spread fragments. Its arguments have coerced values, in the
    order of the schema, and none has its default; UUIDs are written in one way. Conditions are
    resolved, and what is selected twice is selected once. Aliases and the order of fields stay:
    the answer shows them. ``without`` names an argument of the root field that is left out.
    Raises NoNormalForm.
    """
    root = schema.get_root_type(operation.operation)
    if root is None:
        raise NoNormalForm
    selections = _Normaliser(schema, document, values).selected(
        operation.selection_set.selections, root
    )
    return OperationDefinitionNode(
        operation=operation.operation,
        name=None,
        variable_definitions=(),
        directives=(),
        selection_set=SelectionSetNode(
            selections=tuple(_without(one, without) for one in selections.selections)
        ),
    )


def _without(selection: SelectionNode, argument: str) -> SelectionNode:
    if not isinstance(selection, FieldNode):
        return selection
    others = tuple(one for one in selection.arguments or () if one.name.value != argument)
    return FieldNode(
        alias=selection.alias,
        name=selection.name,
        arguments=others,
        directives=(),
        selection_set=selection.selection_set,
    )


class _Normaliser:
    def __init__(
        self, schema: GraphQLSchema, document: DocumentNode, values: VariableValues
    ) -> None:
        self._schema = schema
        self._values = values
        self._left = SELECTIONS_MAX
        self._fragments = {
            one.name.value: one
            for one in document.definitions
            if isinstance(one, FragmentDefinitionNode)
        }

    def selected(
        self, selections: Iterable[SelectionNode], parent: GraphQLNamedType
    ) -> SelectionSetNode:
        """The selections of an object of a type, each once."""
        flat = list(self._flat(selections, parent, set()))
        if any(isinstance(one, InlineFragmentNode) for one in flat):
            # Merged across a condition, fields would change their order.
            each = [self._one(one, parent) for one in flat]
        else:
            merged: dict[str, list[FieldNode]] = {}
            for one in flat:
                if isinstance(one, FieldNode):
                    merged.setdefault((one.alias or one.name).value, []).append(one)
            each = [self._field(nodes, parent) for nodes in merged.values()]
        return SelectionSetNode(selections=tuple({print_ast(one): one for one in each}.values()))

    def _flat(
        self, selections: Iterable[SelectionNode], parent: GraphQLNamedType, spread: set[str]
    ) -> Iterator[SelectionNode]:
        """Fields, and inline fragments for some of the parent's types."""
        for selection in selections:
            self._left -= 1
            if self._left < 0:
                raise NoNormalForm
            if not self._included(selection):
                continue
            if isinstance(selection, FieldNode):
                yield selection
                continue
            if isinstance(selection, FragmentSpreadNode):
                name = selection.name.value
                if name in spread:
                    continue
                spread.add(name)
            fragment = self._fragment(selection)
            if fragment.type_condition is None or self._always(
                parent, fragment.type_condition.name.value
            ):
                yield from self._flat(fragment.selection_set.selections, parent, spread)
            else:
                yield InlineFragmentNode(
                    type_condition=fragment.type_condition,
                    directives=(),
                    selection_set=fragment.selection_set,
                )

    def _included(self, selection: SelectionNode) -> bool:
        if not selection.directives:
            return True
        if any(one.name.value not in _CONDITIONS for one in selection.directives):
            raise NoNormalForm
        skip = get_directive_values(GraphQLSkipDirective, selection, self._values)
        include = get_directive_values(GraphQLIncludeDirective, selection, self._values)
        return not (skip and skip["if"]) and not (include and not include["if"])

    def _fragment(self, selection: SelectionNode) -> InlineFragmentNode | FragmentDefinitionNode:
        if isinstance(selection, InlineFragmentNode):
            return selection
        if isinstance(selection, FragmentSpreadNode):
            return self._fragments[selection.name.value]
        raise NoNormalForm

    def _always(self, parent: GraphQLNamedType, condition: str) -> bool:
        """Whether every object of the parent's type meets the condition."""
        on = self._schema.type_map[condition]
        if on is parent:
            return True
        return is_abstract_type(on) and (
            isinstance(parent, GraphQLObjectType) and self._schema.is_sub_type(on, parent)
        )

    def _one(self, selection: SelectionNode, parent: GraphQLNamedType) -> SelectionNode:
        if isinstance(selection, FieldNode):
            return self._field([selection], parent)
        if isinstance(selection, InlineFragmentNode) and selection.type_condition is not None:
            on = self._schema.type_map[selection.type_condition.name.value]
            return InlineFragmentNode(
                type_condition=selection.type_condition,
                directives=(),
                selection_set=self.selected(selection.selection_set.selections, on),
            )
        raise NoNormalForm

    def _field(self, nodes: list[FieldNode], parent: GraphQLNamedType) -> FieldNode:
        node, name = nodes[0], nodes[0].name.value
        definition = self._schema.get_field(parent, name)  # type: ignore[arg-type]
        if definition is None:
            raise NoNormalForm
        selections = [
            one for each in nodes if each.selection_set for one in each.selection_set.selections
        ]
        below = _named_type(definition)
        return FieldNode(
            alias=None if node.alias is None or node.alias.value == name else node.alias,
            name=node.name,
            arguments=tuple(self._arguments(node, definition, parent)),
            directives=(),
            selection_set=self.selected(selections, below) if selections else None,
        )

    def _arguments(
        self, node: FieldNode, definition: GraphQLField, parent: GraphQLNamedType
    ) -> Iterator[ArgumentNode]:
        given = {one.name.value: one.value for one in node.arguments or ()}
        coerced = get_argument_values(definition, node, self._values)
        for name, argument in definition.args.items():
            value = coerced.get(argument.out_name or name)
            source = given.get(name)
            absent = isinstance(source, VariableNode) and (
                source.name.value not in self._values.coerced
            )
            if source is None or absent:
                continue
            kind = _named_type(argument)
            if isinstance(kind, GraphQLInputObjectType):
                raise NoNormalForm
            # The types of an abstract one may have other defaults.
            if value == argument.default_value and isinstance(parent, GraphQLObjectType):
                continue
            if kind is GraphQLID and isinstance(value, str):
                with suppress(ValueError):
                    value = str(UUID(value))
            literal = _literal(value, argument)
            if literal is None:
                raise NoNormalForm
            yield ArgumentNode(name=NameNode(value=name), value=literal)


def _named_type(typed: Any) -> GraphQLNamedType:
    """The type of a field or an argument, without lists and non-null."""
    named: GraphQLNamedType = _core.get_named_type(typed.type)
    return named


def _literal(value: Any, argument: Any) -> ConstValueNode | None:
    """A value as it is written in a document."""
    literal: ConstValueNode | None = _core.ast_from_value(value, argument.type)
    return literal
