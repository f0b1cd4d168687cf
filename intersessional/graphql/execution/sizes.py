"""The size of an operation; each fragment is measured once, however often it is spread."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    is_introspection_type,
)

from intersessional.graphql.relay.connection import FIRST_MAX
from intersessional.graphql.schema.list_size import (
    is_connection,
    is_page_list,
    list_size,
    stated_size,
)

_LEVELS_MAX = 100
_DIGITS_MAX = 9
_INTROSPECTED = {"types": 250, "directives": 8, "fields": 6, "possibleTypes": 2, "ofType": 0.5}
"""Average list lengths of introspection fields."""


class NestedTooDeeply(Exception):
    """Selections are nested deeper than ``_LEVELS_MAX``."""


@dataclass(frozen=True, slots=True)
class OperationSize:
    """Depth and field counts of a selection."""

    depth: int = 0
    """The depth of the deepest field."""
    aliases: int = 0
    """The number of fields with an alias."""
    cost: float = 0
    """The number of fields that may have to be resolved, list lengths multiplied."""
    introspection: float = 0
    """The same for introspection fields."""
    items: float = 0
    """In a connection, the cost of each item of the page; all else in it is resolved once."""

    def beside(self, other: Self) -> "OperationSize":
        """Return the size of two selections side by side."""
        return OperationSize(
            max(self.depth, other.depth),
            self.aliases + other.aliases,
            self.cost + other.cost,
            self.introspection + other.introspection,
            self.items + other.items,
        )

    @classmethod
    def largest(cls, alternatives: Iterable["OperationSize"]) -> "OperationSize":
        """The size that covers each of these selections, of which one is executed.

        Aliases stand in the document, and all are counted.
        """
        each = tuple(alternatives)
        return cls(
            max((one.depth for one in each), default=0),
            sum(one.aliases for one in each),
            max((one.cost for one in each), default=0),
            max((one.introspection for one in each), default=0),
            max((one.items for one in each), default=0),
        )


class SizeMeasure:
    """Measures the operations of a document."""

    def __init__(
        self, schema: GraphQLSchema, document: DocumentNode, variables: Mapping[str, Any]
    ) -> None:
        """``variables`` are the coerced ones: they give the page sizes."""
        self._schema = schema
        self._variables = variables
        self.cyclic = False
        """Whether a measured fragment spreads itself."""
        self.page_sizes: set[str] = set()
        """The variables that give page sizes in what was measured."""
        self._measured: dict[str, OperationSize | None] = {}
        self.fragments = fragments(document)

    def measure(self, operation: OperationDefinitionNode) -> OperationSize:
        """Measure an operation. Raises NestedTooDeeply."""
        root = self._schema.get_root_type(operation.operation)
        return self._selected(operation.selection_set, root, 0)

    def _selected(
        self,
        selections: SelectionSetNode | None,
        parent: GraphQLNamedType | None,
        level: int,
    ) -> OperationSize:
        """The size of selections; an object is of one type, so it meets one type's fragments."""
        if level > _LEVELS_MAX:
            raise NestedTooDeeply
        size = OperationSize()
        of_types: dict[str, OperationSize] = {}
        for selection in selections.selections if selections else ():
            one = self._one(selection, parent, level + 1)
            on = self._object_type(selection)
            if on is None:
                size = size.beside(one)
            else:
                of_types[on] = of_types.get(on, OperationSize()).beside(one)
        return size.beside(OperationSize.largest(of_types.values()))

    def _object_type(self, selection: SelectionNode) -> str | None:
        """The object type that a fragment is on; None for a field and for an abstract type."""
        match selection:
            case InlineFragmentNode(type_condition=condition) if condition:
                on = self._schema.get_type(condition.name.value)
            case FragmentSpreadNode() if selection.name.value in self.fragments:
                fragment = self.fragments[selection.name.value]
                on = self._schema.get_type(fragment.type_condition.name.value)
            case _:
                return None
        return on.name if isinstance(on, GraphQLObjectType) else None

    def _one(
        self,
        selection: SelectionNode,
        parent: GraphQLNamedType | None,
        level: int,
    ) -> OperationSize:
        match selection:
            case FieldNode():
                return self._field(selection, parent, level)
            case InlineFragmentNode(type_condition=None):
                return self._selected(selection.selection_set, parent, level)
            case InlineFragmentNode(type_condition=condition) if condition:
                on = self._schema.get_type(condition.name.value)
                return self._selected(selection.selection_set, on, level)
            case FragmentSpreadNode():
                return self._fragment(selection.name.value, level)
            case _:
                return OperationSize()

    def _fragment(self, name: str, level: int) -> OperationSize:
        if name not in self._measured and name in self.fragments:
            self._measured[name] = None
            fragment = self.fragments[name]
            on = self._schema.get_type(fragment.type_condition.name.value)
            self._measured[name] = self._selected(fragment.selection_set, on, level)
        measured = self._measured.get(name, OperationSize())
        self.cyclic = self.cyclic or measured is None
        return measured or OperationSize()

    def _field(
        self, field: FieldNode, parent: GraphQLNamedType | None, level: int
    ) -> OperationSize:
        definition = _definition(self._schema, parent, field)
        named = "" if definition is None else str(definition.type).strip("[]!")
        below = self._schema.get_type(named)
        page = None if definition is None else self._page(field, definition)
        inner = self._selected(field.selection_set, below, level)
        depth, aliases = 1 + inner.depth, (field.alias is not None) + inner.aliases
        if page and is_connection(below):
            # Each item is read, whatever is asked of it.
            return OperationSize(depth, aliases, 1 + inner.cost + page * (1 + inner.items))
        if is_page_list(parent, definition):
            return OperationSize(depth, aliases, 1, items=inner.cost)
        times = page or _length(field, definition, parent)
        about_schema = parent is not None and is_introspection_type(parent)
        return OperationSize(
            depth,
            aliases,
            (not about_schema) + times * inner.cost,
            about_schema + times * inner.introspection,
        )

    def _page(self, field: FieldNode, definition: Any) -> int | None:
        """The page size of a connection field, `last` before `first`; None for other fields."""
        if "first" not in definition.args:
            return None
        given = {one.name.value: one.value for one in field.arguments or ()}
        sizes = [self._argument(given.get(name)) for name in ("last", "first")]
        size = next((one for one in sizes if one is not None), None)
        if size is None:
            size = definition.args["first"].default_value
        size_max = stated_size(definition) or FIRST_MAX
        return min(max(size, 1), size_max) if isinstance(size, int) else size_max

    def _argument(self, value: ValueNode | None) -> int | None:
        """The integer that is given for an argument, perhaps by a variable."""
        match value:
            case IntValueNode(value=digits):
                return int(digits[:_DIGITS_MAX])
            case VariableNode(name=name):
                self.page_sizes.add(name.value)
                given = self._variables.get(name.value)
                return given if isinstance(given, int) else None
            case _:
                return None


def fragments(document: DocumentNode) -> dict[str, FragmentDefinitionNode]:
    """The fragment definitions of a document, by name."""
    defined = (one for one in document.definitions if isinstance(one, FragmentDefinitionNode))
    return {one.name.value: one for one in defined}


def _definition(schema: GraphQLSchema, parent: GraphQLNamedType | None, field: FieldNode) -> Any:
    if isinstance(parent, GraphQLObjectType | GraphQLInterfaceType):
        return schema.get_field(parent, field.name.value)
    return None


def _length(field: FieldNode, definition: Any, parent: GraphQLNamedType | None) -> float:
    """The longest that a field's list can be; 1 for a field that is no list."""
    if parent is None or definition is None:
        return 1
    if is_introspection_type(parent):
        return _INTROSPECTED.get(field.name.value, 1)
    return list_size(parent, definition) or 1
