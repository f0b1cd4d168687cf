"""How large a query may be: rules that are made once, so that validation can be cached."""

from collections.abc import Callable, Mapping

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValidationContext,
    ValidationRule,
    VariableNode,
)

from intersessional.graphql.pages import FIRST_MAX

_PAGE_DEFAULT = 20
_INTROSPECTION_PREFIX = "__"

Fragments = Mapping[str, FragmentDefinitionNode]
Measure = Callable[[OperationDefinitionNode, Fragments], int]


def size_rule(code: str, what: str, measured_max: int, measure: Measure) -> type[ValidationRule]:
    """A rule that refuses an operation whose measure is over its greatest allowed value."""

    class SizeRule(ValidationRule):
        def __init__(self, context: ValidationContext) -> None:
            super().__init__(context)
            definitions = context.document.definitions
            fragments = {
                one.name.value: one
                for one in definitions
                if isinstance(one, FragmentDefinitionNode)
            }
            for operation in definitions:
                if isinstance(operation, OperationDefinitionNode):
                    measured = measure(operation, fragments)
                    if measured > measured_max:
                        self.report_error(
                            GraphQLError(
                                f"The query has {what} of {measured}; {measured_max} is allowed.",
                                operation,
                                extensions={
                                    "code": code,
                                    "measured": measured,
                                    "max": measured_max,
                                },
                            )
                        )

    return SizeRule


def depth(operation: OperationDefinitionNode, fragments: Fragments) -> int:
    """How deep the deepest field lies."""

    def below(selections: SelectionSetNode | None, seen: frozenset[str]) -> int:
        deepest = 0
        for selection in selections.selections if selections else ():
            match selection:
                case FieldNode():
                    under = 1 + below(selection.selection_set, seen)
                case InlineFragmentNode():
                    under = below(selection.selection_set, seen)
                case FragmentSpreadNode():
                    name = selection.name.value
                    fragment = None if name in seen else fragments.get(name)
                    under = below(fragment.selection_set, seen | {name}) if fragment else 0
                case _:
                    under = 0
            deepest = max(deepest, under)
        return deepest

    return below(operation.selection_set, frozenset())


def aliases(operation: OperationDefinitionNode, fragments: Fragments) -> int:
    """How many fields have another name given to them."""
    return _sum(operation, fragments, lambda field, _: 1 if field.alias else 0)


def cost(operation: OperationDefinitionNode, fragments: Fragments) -> int:
    """How many fields may have to be resolved, with the sizes of pages multiplied."""
    return _sum(operation, fragments, lambda _, times: times)


def _sum(
    operation: OperationDefinitionNode,
    fragments: Fragments,
    weigh: Callable[[FieldNode, int], int],
) -> int:
    # Fragments can spread exponentially: what is over any limit needs no exact sum.
    over = 10_000_000

    def below(selections: SelectionSetNode | None, times: int, seen: frozenset[str]) -> int:
        total = 0
        for selection in selections.selections if selections else ():
            if total > over:
                break
            match selection:
                case FieldNode() if not selection.name.value.startswith(_INTROSPECTION_PREFIX):
                    total += weigh(selection, times)
                    total += below(selection.selection_set, times * _page(selection), seen)
                case InlineFragmentNode():
                    total += below(selection.selection_set, times, seen)
                case FragmentSpreadNode():
                    name = selection.name.value
                    fragment = None if name in seen else fragments.get(name)
                    if fragment:
                        total += below(fragment.selection_set, times, seen | {name})
                case _:
                    pass
        return total

    return below(operation.selection_set, 1, frozenset())


def _page(field: FieldNode) -> int:
    """How many items a field may answer: its ``first``, or the default of a connection."""
    for argument in field.arguments or ():
        if argument.name.value == "first":
            match argument.value:
                case IntValueNode(value=digits):
                    return min(max(int(digits), 1), FIRST_MAX) if len(digits) < 5 else FIRST_MAX
                case VariableNode():
                    return FIRST_MAX
                case _:
                    return 1
    below = field.selection_set.selections if field.selection_set else ()
    lists = {"edges", "nodes"}
    shows = any(isinstance(one, FieldNode) and one.name.value in lists for one in below)
    return _PAGE_DEFAULT if shows else 1
