"""A limit on repeated fields: the validation rule OverlappingFieldsCanBeMerged compares pairs."""

from collections.abc import Iterable, Iterator, Mapping

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)


class TooManyFieldPairs(Exception):
    """The operation has more pairs of fields with one response name than are compared."""


def check_overlapping_fields(
    operation: OperationDefinitionNode,
    fragments: Mapping[str, FragmentDefinitionNode],
    pairs_max: int,
) -> None:
    """Count the pairs of fields with one response name. Raises TooManyFieldPairs."""
    left = pairs_max
    waiting = [[operation.selection_set]]
    while waiting:
        by_name: dict[str, list[FieldNode]] = {}
        for field in _fields(waiting.pop(), fragments):
            same = by_name.setdefault(field.alias.value if field.alias else field.name.value, [])
            left -= 1 + len(same)
            if left < 0:
                raise TooManyFieldPairs
            same.append(field)
        for same in by_name.values():
            below = [field.selection_set for field in same if field.selection_set]
            if below:
                waiting.append(below)


def _fields(
    sets: Iterable[SelectionSetNode], fragments: Mapping[str, FragmentDefinitionNode]
) -> Iterator[FieldNode]:
    """The fields of some selection sets, with those of their fragments, each once."""
    left, seen = [*sets], set[str]()
    while left:
        for selection in left.pop().selections:
            match selection:
                case FieldNode():
                    yield selection
                case InlineFragmentNode():
                    left.append(selection.selection_set)
                case FragmentSpreadNode(name=name) if name.value not in seen:
                    seen.add(name.value)
                    if name.value in fragments:
                        left.append(fragments[name.value].selection_set)
                case _:
                    pass
