"""Bounds on the parts of a document, counted before anything is measured or validated.

The rules of validation compare operations, fragments, variables and directives with each other:
documents of many parts cost a tenth of a second or more.
"""

from collections.abc import Iterable, Iterator

from graphql import (
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from intersessional.graphql.request.context import BadRequest

FRAGMENTS_MAX = 50
VARIABLES_MAX = 50
DIRECTIVES_MAX = 50

_Executable = OperationDefinitionNode | FragmentDefinitionNode


def check_shape(document: DocumentNode, operations_max: int, *, trusted: bool) -> BadRequest | None:
    """The error of a document that has too many parts; None for another one."""
    operations = [one for one in document.definitions if isinstance(one, OperationDefinitionNode)]
    fragments = [one for one in document.definitions if isinstance(one, FragmentDefinitionNode)]
    variables = sum(len(one.variable_definitions or ()) for one in (*operations, *fragments))
    parts = (
        ("TOO_MANY_OPERATIONS", "operations", len(operations), operations_max, trusted),
        ("TOO_MANY_FRAGMENTS", "fragments", len(fragments), FRAGMENTS_MAX, trusted),
        ("TOO_MANY_VARIABLES", "variables", variables, VARIABLES_MAX, False),
        (
            "TOO_MANY_DIRECTIVES",
            "directives",
            sum(1 for _ in _directives([*operations, *fragments])),
            DIRECTIVES_MAX,
            False,
        ),
    )
    for code, name, measured, allowed, free in parts:
        if measured > allowed and not free:
            message = f"The document has {measured} {name}; {allowed} is allowed."
            return BadRequest(code, message, measured=measured, max=allowed)
    return None


def _directives(definitions: Iterable[_Executable]) -> Iterator[DirectiveNode]:
    left: list[SelectionSetNode] = []
    for definition in definitions:
        yield from definition.directives or ()
        for variable in definition.variable_definitions or ():
            yield from variable.directives or ()
        left.append(definition.selection_set)
    while left:
        for selection in left.pop().selections:
            yield from selection.directives or ()
            if isinstance(selection, FieldNode | InlineFragmentNode) and selection.selection_set:
                left.append(selection.selection_set)
