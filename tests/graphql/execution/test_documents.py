"""Documents are parsed once, found by hash, and measured with their variables."""

import pytest
from graphql import GraphQLError

from intersessional.graphql.execution.coerced_operation import coerce_operation
from intersessional.graphql.execution.documents import ParsedDocuments, sha256_of
from intersessional.graphql.request.context import BadRequest
from intersessional.graphql.schema.composed_schema import ComposedSchema
from intersessional.infra.http.documents import operation_limits
from intersessional.infra.settings import Settings
from tests.composed import installed_node

QUERY = "{ headPosition }"
PAGES = """
    query Pages($first: Int! = 1) { cycle(year: 2018) {
        groups(first: $first) { nodes { drafts(first: $first) { nodes { title } } } } } }
"""


@pytest.fixture(scope="module")
def schema() -> ComposedSchema:
    return installed_node().schema


def documents(schema: ComposedSchema, **bounds: int) -> ParsedDocuments:
    return ParsedDocuments(schema, operation_limits(Settings.model_construct()), **bounds)


def code(error: GraphQLError) -> str:
    return str((error.extensions or {})["code"])


def test_document_that_was_sent_before_is_not_parsed_again(schema: ComposedSchema) -> None:
    cache = documents(schema)

    first = cache.prepare(QUERY)

    assert cache.prepare(QUERY) is first
    assert cache.get(sha256_of(QUERY)) is first
    assert cache.get(sha256_of("{ other }")) is None


def test_invalid_document_has_errors_and_is_not_cached(schema: ComposedSchema) -> None:
    cache = documents(schema)

    invalid = cache.prepare("{ nothing }")

    assert [code(error) for error in invalid.errors] == ["VALIDATION"]
    assert cache.get(invalid.sha256) is None
    assert [code(error) for error in cache.prepare("{").errors] == ["SYNTAX"]


def test_too_large_document_is_refused_before_validation(schema: ComposedSchema) -> None:
    query = "{ nothing " + " ".join(f"a{n}: headPosition" for n in range(60)) + "}"

    errors = documents(schema).prepare(query).errors

    assert [code(error) for error in errors] == ["TOO_MANY_ALIASES"]


def test_least_recently_used_document_is_evicted(schema: ComposedSchema) -> None:
    texts = [f"query Q{n} {{ headPosition }}" for n in range(4)]
    few, short = documents(schema, documents_max=2), documents(schema, characters_max=60)

    for cache in (few, short):
        cache.prepare(texts[0])
        cache.prepare(texts[1])
        cache.prepare(texts[0])
        cache.prepare(texts[2])

        cached = [cache.get(sha256_of(text)) is not None for text in texts]
        assert cached == [True, False, True, False]


def test_page_sizes_in_variables_count_like_those_in_the_document(
    schema: ComposedSchema,
) -> None:
    cache = documents(schema)
    prepared = cache.prepare(PAGES)
    by_default = cache.prepare(PAGES.replace("= 1", "= 100"))

    small = coerce_operation(schema, prepared, "Pages", {})
    larger = coerce_operation(schema, prepared, "Pages", {"first": 20})
    for document, variables in ((prepared, {"first": 100}), (by_default, {})):
        with pytest.raises(BadRequest) as refused:
            coerce_operation(schema, document, None, variables)
        assert code(refused.value) == "QUERY_TOO_COSTLY"

    assert small.cost < larger.cost
    again = coerce_operation(schema, prepared, "Pages", {"first": 20})
    assert again.cost == larger.cost


def test_page_from_the_end_counts_like_one_from_the_start(schema: ComposedSchema) -> None:
    cache = documents(schema)

    def cost(arguments: str, **variables: object) -> float:
        declared = "($last: Int, $first: Int! = 7)" if "$" in arguments else ""
        text = f"""query Q{declared} {{ draft(id: "x") {{
            comments({arguments}) {{ nodes {{ id }} }} }} }}"""
        return coerce_operation(schema, cache.prepare(text), "Q", variables).cost

    assert cost("last: 50") == cost("first: 50") == cost("first: 3, last: 50")
    assert cost("last: 3") < cost("first: 50, last: 9") < cost("first: 50, last: null")
    by_variable = "last: $last, first: $first"
    assert cost(by_variable) == cost("first: 7")
    assert cost(by_variable, last=50) == cost("last: 50")


def test_operation_is_chosen_by_name_or_is_the_only_one(schema: ComposedSchema) -> None:
    text = "query A { headPosition } query B { headPosition }"
    two = documents(schema).prepare(text, trusted=True)

    assert two.operation("B").name is not None
    for name in (None, "C"):
        with pytest.raises(BadRequest) as refused:
            two.operation(name)
        assert code(refused.value) == "NO_SUCH_OPERATION"
