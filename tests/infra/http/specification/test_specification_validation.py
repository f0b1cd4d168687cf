"""GraphQL over HTTP: a request is validated by all the rules of GraphQL before it is executed.

Each rule has a document that it refuses, as the server does, with its message.
"""

import pytest
from graphql import ASTValidationRule, parse, specified_rules, validate
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from tests.graphql.server import Server
from tests.infra.http.http_requests import RESPONSE_JSON, post

pytestmark = pytest.mark.asyncio(loop_scope="session")

REFUSED = {
    # Documents and operations.
    "ExecutableDefinitionsRule": "query { headPosition } type A { a: Int }",
    "UniqueOperationNamesRule": "query A { headPosition } query A { headPosition }",
    "LoneAnonymousOperationRule": "{ headPosition } query A { headPosition }",
    "SingleFieldSubscriptionsRule": "subscription { a: auditTrail { position } "
    "b: auditTrail { position } }",
    # Fields.
    "FieldsOnCorrectTypeRule": "{ cycle(year: 1) { nothing } }",
    "OverlappingFieldsCanBeMergedRule": "{ a: cycle(year: 1) { year } a: cycle(year: 2) { year } }",
    "ScalarLeafsRule": "{ cycle(year: 1) headPosition { digit } }",
    # Arguments.
    "KnownArgumentNamesRule": "{ cycle(year: 1, month: 1) { year } }",
    "UniqueArgumentNamesRule": "{ cycle(year: 1, year: 1) { year } }",
    "ProvidedRequiredArgumentsRule": "{ cycle { year } }",
    # Fragments.
    "UniqueFragmentNamesRule": "{ ...F } fragment F on Query { headPosition } "
    "fragment F on Query { headPosition }",
    "KnownTypeNamesRule": "{ ... on Nothing { a } }",
    "FragmentsOnCompositeTypesRule": "{ ...F } fragment F on Int { a }",
    "NoUnusedFragmentsRule": "{ headPosition } fragment F on Query { headPosition }",
    "KnownFragmentNamesRule": "{ ...F }",
    "NoFragmentCyclesRule": "{ ...F } fragment F on Query { ...F }",
    "PossibleFragmentSpreadsRule": "{ cycle(year: 1) { ... on Comment { body } } }",
    # Values.
    "ValuesOfCorrectTypeRule": '{ cycle(year: "1") { year } }',
    "UniqueInputFieldNamesRule": "{ cycle(year: 1, asOf: {position: 1, position: 1}) { year } }",
    "OneOfInputValidationRule": "mutation { recordDecision(input: {outcomes: {}}) { __typename } }",
    # Directives.
    "KnownDirectivesRule": "{ headPosition @nothing }",
    "UniqueDirectivesPerLocationRule": "{ headPosition @skip(if: true) @skip(if: false) }",
    # Variables.
    "UniqueVariableNamesRule": "query ($y: Int!, $y: Int!) { cycle(year: $y) { year } }",
    "VariablesAreInputTypesRule": "query ($y: Cycle) { cycle(year: $y) { year } }",
    "NoUndefinedVariablesRule": "{ cycle(year: $y) { year } }",
    "NoUnusedVariablesRule": "query ($y: Int!) { headPosition }",
    "VariablesInAllowedPositionRule": "query ($y: Int) { cycle(year: $y) { year } }",
}

BESIDE = {
    "KnownOperationTypesRule",
    "DeferStreamDirectiveOnRootField",
    "DeferStreamDirectiveOnValidOperationsRule",
    "DeferStreamDirectiveLabel",
    "StreamDirectiveOnListField",
    "MaxIntrospectionDepthRule",
}
"""What no document can break, for the schema has every type of operation; and rules that are the
library's own: for directives that the schema lacks, and a limit where ours is closer."""

RULES = {rule.__name__: rule for rule in (*specified_rules, OneOfInputValidationRule)}


async def test_every_validation_rule_is_applied() -> None:
    assert RULES.keys() - BESIDE == REFUSED.keys()


@pytest.mark.parametrize(("rule", "query"), REFUSED.items(), ids=REFUSED.keys())
async def test_document_that_a_validation_rule_refuses_is_refused(
    server: Server, rule: str, query: str
) -> None:
    only: list[type[ASTValidationRule]] = [RULES[rule]]
    schema = server.composed.schema.core
    expected = {error.message for error in validate(schema, parse(query), only)}

    response = await post(server, {"query": query}, RESPONSE_JSON)

    assert expected
    assert response.status_code == 400
    assert response.json().keys() == {"errors"}
    assert expected <= {error["message"] for error in response.json()["errors"]}
