"""A document is looked at once, known by its hash, and measured with the variables it is given."""

import pytest
from graphql import GraphQLError, GraphQLSyntaxError

from intersessional.graphql.execution.documents import ParsedDocuments, hash_of
from intersessional.graphql.request.context import BadRequest
from intersessional.graphql.schema.composed_schema import ComposedSchema
from intersessional.infra.settings import Settings
from intersessional.plugins.composition import installed_plugins

QUERY = "{ headPosition }"
PAGES = """
    query Pages($first: Int! = 1) { cycle(year: 2018) {
        groups(first: $first) { nodes { drafts(first: $first) { nodes { title } } } } } }
"""


@pytest.fixture(scope="module")
def schema() -> ComposedSchema:
    return installed_plugins().schema()


def documents(schema: ComposedSchema, **bounds: int) -> ParsedDocuments:
    return ParsedDocuments(schema, Settings.model_construct(), **bounds)


def code(error: GraphQLError) -> str:
    return str((error.extensions or {})["code"])


def test_a_text_that_was_asked_before_is_not_looked_at_again(schema: ComposedSchema) -> None:
    kept = documents(schema)

    first = kept.prepare(QUERY)

    assert kept.prepare(QUERY) is first
    assert kept.known(hash_of(QUERY)) is first
    assert kept.known(hash_of("{ other }")) is None


def test_what_is_not_valid_says_why_and_is_not_kept(schema: ComposedSchema) -> None:
    kept = documents(schema)

    wrong = kept.prepare("{ nothing }")

    assert [code(error) for error in wrong.errors] == ["VALIDATION"]
    assert kept.known(wrong.hash) is None
    with pytest.raises(GraphQLSyntaxError):
        kept.prepare("{")


def test_what_is_too_large_is_told_before_it_is_validated(schema: ComposedSchema) -> None:
    query = "{ nothing " + " ".join(f"a{n}: headPosition" for n in range(60)) + "}"

    errors = documents(schema).prepare(query).errors

    assert [code(error) for error in errors] == ["TOO_MANY_ALIASES"]


def test_what_was_asked_longest_ago_makes_room(schema: ComposedSchema) -> None:
    texts = [f"query Q{n} {{ headPosition }}" for n in range(4)]
    few, short = documents(schema, documents_max=2), documents(schema, characters_max=60)

    for kept in (few, short):
        kept.prepare(texts[0])
        kept.prepare(texts[1])
        kept.prepare(texts[0])
        kept.prepare(texts[2])

        known = [kept.known(hash_of(text)) is not None for text in texts]
        assert known == [True, False, True, False]


def test_long_pages_in_variables_are_too_much_as_they_are_in_the_document(
    schema: ComposedSchema,
) -> None:
    kept = documents(schema)
    prepared = kept.prepare(PAGES)
    operation = prepared.operation("Pages")

    prepared.check(operation, {})
    prepared.check(operation, {"first": 20})
    with pytest.raises(BadRequest) as refused:
        prepared.check(operation, {"first": 100})
    by_default = kept.prepare(PAGES.replace("= 1", "= 100"))
    with pytest.raises(BadRequest):
        by_default.check(by_default.operation(None), {})

    assert code(refused.value) == "QUERY_TOO_COSTLY"


def test_an_operation_is_chosen_by_its_name_or_is_the_only_one(schema: ComposedSchema) -> None:
    two = documents(schema).prepare("query A { headPosition } query B { headPosition }")

    assert two.operation("B").name is not None
    for name in (None, "C"):
        with pytest.raises(BadRequest) as refused:
            two.operation(name)
        assert code(refused.value) == "NO_SUCH_OPERATION"
