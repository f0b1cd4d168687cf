"""The page asks the API as any client could: its documents are valid, trusted and bounded."""

import re
from pathlib import Path

import pytest
from graphql import GraphQLSchema, build_schema, parse, validate

from intersessional.infra.page.part_files import part_files
from intersessional.plugins.composition import installed_plugins
from tests.composed import installed_node
from tests.graphql.server import Server, serving
from tests.page.browser import browser
from tests.recorded import Recorded

PUBLISHED = Path(__file__).parents[2] / "schema.graphql"
OPERATION = re.compile("^(query|mutation|subscription)", re.MULTILINE)
NAMES = [
    f"{files.plugin}/{file}"
    for files in part_files(installed_plugins().plugins)
    for file in files.names("documents", ".graphql")
    if OPERATION.search(files.text("documents", file))
]
"""The documents with an operation: composing them, too, would take longer than these tests."""


@pytest.fixture(scope="module")
def published() -> GraphQLSchema:
    """The schema as it is published."""
    return build_schema(PUBLISHED.read_text())


def test_every_document_is_tried() -> None:
    assert sorted(NAMES) == sorted(installed_node().page.documents)


@pytest.mark.parametrize("name", NAMES)
def test_document_validates_against_the_published_schema(
    published: GraphQLSchema, name: str
) -> None:
    assert validate(published, parse(installed_node().page.documents[name].text)) == []


async def by_hash(server: Server, name: str) -> object:
    """The answer to the hash of a document of the page."""
    persisted = {"version": 1, "sha256Hash": installed_node().page.documents[name].sha256}
    async with browser(server) as client:
        request = {"extensions": {"persistedQuery": persisted}}
        return (await client.post("/graphql", json=request)).json()


async def test_page_is_shown_and_its_documents_are_served_where_only_trusted_ones_are(
    recorded: Recorded,
) -> None:
    async with (
        serving(
            recorded.url, composition=installed_plugins(), INTERSESSIONAL_DOCUMENTS_MODE="only"
        ) as server,
        browser(server) as reader,
    ):
        await server.caught_up()
        home = await reader.get("/")
        answer = await by_hash(server, "core/home.graphql")
        other = await reader.post("/graphql", json={"query": "{ headPosition }"})

    assert home.status_code == 200
    assert isinstance(answer, dict)
    assert "errors" not in answer
    assert other.json()["errors"][0]["extensions"]["code"] == "PERSISTED_QUERY_NOT_IN_LIST"
