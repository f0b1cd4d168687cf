"""Documents that nobody has sent before are prepared in turns, and cost a bounded time each."""

import asyncio
import sys
from collections.abc import Callable

import pytest
from graphql import get_introspection_query

from intersessional.graphql.execution.document_queue import DocumentQueue
from intersessional.graphql.execution.documents import ERRORS_MAX, ParsedDocuments, PreparedDocument
from intersessional.graphql.request.context import BadRequest
from intersessional.graphql.schema.composed_schema import ComposedSchema
from intersessional.infra.garbage_collection import no_collection
from intersessional.infra.http.documents import operation_limits
from intersessional.infra.settings import Mode, Settings
from intersessional.plugins.composition import installed_plugins
from tests.composed import composed_node

CALLS_MAX = 400_000
"""Python calls to prepare one document: about a tenth of a second."""


@pytest.fixture(scope="module")
def schema() -> ComposedSchema:
    return composed_node(installed_plugins(), Mode.PRODUCTION).schema


@pytest.fixture
def documents(schema: ComposedSchema) -> ParsedDocuments:
    return ParsedDocuments(schema, operation_limits(Settings.model_construct()))


def codes(prepared: PreparedDocument) -> list[str]:
    return [str((error.extensions or {})["code"]) for error in prepared.errors]


def fragments(count: int, fields: str = "id year") -> str:
    spreads = " ".join(f"...F{number}" for number in range(count))
    parts = " ".join(f"fragment F{number} on Cycle {{ {fields} }}" for number in range(count))
    return f"{{ cycle(year: 1) {{ {spreads} }} }} {parts}"


HOSTILE = {
    "380 operations": " ".join(f"query Q{n} {{ headPosition }}" for n in range(380)),
    "140 fragments": fragments(140),
    "as many fragments as are allowed": fragments(50, "id year position version"),
    "fragments on types that are not there": "{ __typename }"
    + "".join(f" fragment F{n} on X{n} {{ a }}" for n in range(200)),
    "fields that are not there": "{" + " ".join(f"u{n}" for n in range(1_900)) + "}",
    "arguments that are not there": "{ cycle("
    + " ".join(f"a{n}: 1" for n in range(650))
    + ") { year } }",
    "fields of an input that are not there": "mutation { publishDraft(input: {"
    + " ".join(f"b{n}: 1" for n in range(600))
    + "}) { __typename } }",
    "wrong items in an input": "mutation { publishDraft(input: {blocks: ["
    + "{text: 1} " * 390
    + "]}) { __typename } }",
    "490 variables": "query (" + " ".join(f"$v{n}: Int" for n in range(490)) + ") { __typename }",
    "280 directives": "{ headPosition " + "@skip(if: true) " * 280 + "}",
    "a variable in a chain of fragments": "query ($a: Int) { ...F0 }"
    + "".join(
        f" fragment F{n} on Query {{ ...F{n + 1} cycle(year: $a) {{ id }} }}" for n in range(48)
    )
    + " fragment F48 on Query { headPosition }",
    "the whole schema": get_introspection_query(),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_costly_document_costs_a_bounded_time(documents: ParsedDocuments, text: str) -> None:
    calls = count_calls(lambda: documents.prepare(text))

    assert calls < CALLS_MAX


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_document_that_was_sent_before_costs_nothing(
    documents: ParsedDocuments, text: str
) -> None:
    first = documents.prepare(text)

    again: list[PreparedDocument] = []
    calls = count_calls(lambda: again.append(documents.prepare(text)))

    assert again == [first]
    assert calls < 50


def test_only_the_first_errors_are_reported_and_no_document_is_held(
    documents: ParsedDocuments,
) -> None:
    wrong = documents.prepare(HOSTILE["fields that are not there"])

    assert codes(wrong) == ["VALIDATION"] * ERRORS_MAX
    assert wrong.errors[0].locations
    assert all(error.nodes is None and error.source is None for error in wrong.errors)
    assert not wrong.document.definitions


def test_a_document_has_one_operation_unless_it_is_trusted(documents: ParsedDocuments) -> None:
    text = "query A { headPosition } query B { headPosition }"

    assert codes(documents.prepare(text)) == ["TOO_MANY_OPERATIONS"]
    assert not documents.prepare(f"{text} # ours", trusted=True).errors


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("140 fragments", "TOO_MANY_FRAGMENTS"),
        ("490 variables", "TOO_MANY_VARIABLES"),
        ("280 directives", "TOO_MANY_DIRECTIVES"),
    ],
)
def test_a_document_of_too_many_parts_is_refused_before_it_is_validated(
    documents: ParsedDocuments, name: str, code: str
) -> None:
    [error] = documents.prepare(HOSTILE[name]).errors

    facts = error.extensions or {}
    assert facts["code"] == code
    assert facts["measured"] > facts["max"]


async def test_a_hundred_costly_documents_take_turns_with_everybody_else(
    documents: ParsedDocuments,
) -> None:
    queue = DocumentQueue(documents)
    text = fragments(10)
    turns = 0

    async def everybody_else() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    others = asyncio.create_task(everybody_else())
    await asyncio.gather(*(queue.prepare(f"{text} # {number}") for number in range(5)))
    others.cancel()

    # Each document has at least four steps, and each step is followed by a rest.
    assert turns > 5 * 4
    assert len(queue) == 0


async def test_equal_documents_that_are_sent_at_once_are_prepared_once(
    documents: ParsedDocuments,
) -> None:
    queue = DocumentQueue(documents)

    prepared = await asyncio.gather(*(queue.prepare("{ nothing }") for _ in range(100)))

    assert len({id(one) for one in prepared}) == 1


async def test_documents_that_wait_are_bounded(documents: ParsedDocuments) -> None:
    queue = DocumentQueue(documents, waiting_max=3)

    prepared = await asyncio.gather(
        *(queue.prepare(f"{{ headPosition }} # {number}") for number in range(5)),
        return_exceptions=True,
    )

    busy = [one for one in prepared if isinstance(one, BadRequest)]
    assert [(one.extensions or {})["code"] for one in busy] == ["TOO_BUSY"] * 2
    assert len(queue) == 0


def count_calls(work: Callable[[], object]) -> int:
    """The number of Python calls of some work: its cost on any machine."""
    calls = 0

    def count(_: object, event: str, __: object) -> None:
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    # What others have left would be finalised meanwhile, and counted.
    with no_collection():
        sys.setprofile(count)
        try:
            work()
        finally:
            sys.setprofile(before)
    return calls
