"""Operations with equal results have one normal form, whatever their text is."""

from typing import Any

import pytest
from graphql import GraphQLSchema, get_operation_ast, parse, print_ast, validate
from graphql.execution import VariableValues, get_variable_values

from intersessional.graphql.subscriptions.normal_form import NoNormalForm, normal_form
from tests.composed import installed_node

ID = "7e0b2b0e-0d3c-4a0b-9a55-6a2f7c3b1e02"
PLAIN = f"""subscription {{ commentEvents(draft: "{ID}") {{
    position node {{ body replies {{ nodes {{ id }} }} }} }} }}"""


@pytest.fixture(scope="module")
def schema() -> GraphQLSchema:
    return installed_node().schema.core


def form(schema: GraphQLSchema, text: str, **variables: Any) -> str:
    """The normal form of the only operation of a document."""
    document = parse(text)
    assert validate(schema, document) == []
    operation = get_operation_ast(document)
    assert operation is not None
    values = get_variable_values(schema, operation.variable_definitions or (), variables)
    assert isinstance(values, VariableValues)
    return print_ast(normal_form(schema, document, operation, values, without="after"))


SAME: list[tuple[str, dict[str, Any]]] = [
    (PLAIN.replace("subscription", "subscription Renamed"), {}),
    (PLAIN.replace(" ", "\n  ,#\n"), {}),
    (PLAIN.replace('") {', '", after: 7) {'), {}),
    (PLAIN.replace(ID, ID.upper().replace("-", "")), {}),
    (PLAIN.replace("position", "position position __typename @skip(if: true)"), {}),
    (PLAIN.replace("body", "body: body"), {}),
    (
        PLAIN.replace(
            "body", "... on Comment { body } ... { body } ... on Node { __typename }"
        ).replace("{ __typename }", "@include(if: false) { __typename }"),
        {},
    ),
    (PLAIN.replace("replies", "replies(first: 20)"), {}),
    (
        """subscription A($p: Position, $d: ID!, $n: Int = 20, $no: Boolean = false) {
            ...Root }
        fragment Root on Subscription { commentEvents(after: $p, draft: $d) {
            ...Rest  node { replies(first: $n) { nodes { id } } } } }
        fragment Rest on CommentChange { position node { body position @include(if: $no) } }""",
        {"p": 12, "d": ID.upper()},
    ),
]


@pytest.mark.parametrize(("text", "variables"), SAME)
def test_equal_operations_have_one_normal_form(
    schema: GraphQLSchema, text: str, variables: dict[str, Any]
) -> None:
    assert form(schema, text, **variables) == form(schema, PLAIN)


@pytest.mark.parametrize(
    "text",
    [
        PLAIN.replace("body", "text: body"),
        PLAIN.replace("position node", "node").replace("} }\n", "} position }\n"),
        PLAIN.replace("replies", "replies(first: 21)"),
        PLAIN.replace("body", "body id"),
        PLAIN.replace(ID, ID.replace("7", "8")),
    ],
)
def test_operations_with_other_results_have_others(schema: GraphQLSchema, text: str) -> None:
    assert form(schema, text) != form(schema, PLAIN)


def test_what_is_selected_for_some_types_keeps_its_order(schema: GraphQLSchema) -> None:
    text = """subscription { auditTrail { subject {
        ... on Comment { body } id ... on Comment { position } ... on Comment { body } } } }"""

    assert form(schema, text) == print_ast(
        parse(
            """subscription { auditTrail { subject {
                ... on Comment { body } id ... on Comment { position } } } }"""
        ).definitions[0]
    )


def test_fragments_that_spread_exponentially_have_none(schema: GraphQLSchema) -> None:
    twice = "a: inReplyTo { ...FN } b: inReplyTo { ...FN }"
    levels = [f"fragment F{n} on Comment {{ {twice.replace('N', str(n + 1))} }}" for n in range(20)]
    text = " ".join(
        [
            f'subscription {{ commentEvents(draft: "{ID}") {{ node {{ ...F0 }} }} }}',
            *levels,
            "fragment F20 on Comment { body }",
        ]
    )

    with pytest.raises(NoNormalForm):
        form(schema, text)
