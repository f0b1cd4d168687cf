"""Hostile input is answered with a code, and changes nothing."""

import json
from typing import Any

import pytest

from tests.graphql.client import plain_http
from tests.graphql.scenario import ForumScenario, new_id
from tests.graphql.server import Server

pytestmark = pytest.mark.asyncio(loop_scope="session")

Json = Any

DOCUMENTS: dict[str, tuple[str, str]] = {
    "a field that is not there": ("{ nothing }", "VALIDATION"),
    "a type that is not there": ("{ ... on Nothing { a } }", "VALIDATION"),
    "an argument that is not there": ("{ cycle(year: 1, a: 1) { year } }", "VALIDATION"),
    "an argument that is missing": ("{ cycle { year } }", "VALIDATION"),
    "a value of another type": ('{ cycle(year: "2018") { year } }', "VALIDATION"),
    "a number that is too large": ("{ cycle(year: 99999999999) { year } }", "VALIDATION"),
    "a number without an end": ("{ cycle(year: " + "9" * 50_000 + ") { year } }", "VALIDATION"),
    "a variable that is not declared": ("{ cycle(year: $year) { year } }", "VALIDATION"),
    "no selection": ("{ cycle(year: 1) }", "VALIDATION"),
    "an enum value that is not there": (
        "{ cycle(year: 1) { decisions(kind: NOTHING) { totalCount } } }",
        "VALIDATION",
    ),
    "a definition of a type": ("type Query { a: Int }", "VALIDATION"),
    "nothing but a comment": ("# nothing", "SYNTAX"),
    "not graphql": ("SELECT * FROM stored_events; --", "SYNTAX"),
    "characters that are none": ("{ \x00 }", "SYNTAX"),
    "half a surrogate pair": ('{ theme(key: "\\ud83d") { key } }', "SYNTAX"),
    "letters of other scripts": ("{ ħeadPosition }", "SYNTAX"),
    "a name without an end": ("{ " + "a" * 90_000 + " }", "VALIDATION"),
    "more tokens than anyone reads": ("{" + "a " * 3_000 + "}", "QUERY_TOO_LARGE"),
    "too deep": (
        "{ cycle(year: 1) " + "{ groups { nodes { cycle " * 6 + "{ year }" + "} } }" * 6 + "}",
        "QUERY_TOO_DEEP",
    ),
    "a nest without a bottom": ("{ a" * 900, "SYNTAX"),
    "lists within lists": ("{ node(id: " + "[" * 900 + "]" * 900 + ") { id } }", "SYNTAX"),
    "too many aliases": (
        "{" + " ".join(f"a{n}: headPosition" for n in range(300)) + "}",
        "TOO_MANY_ALIASES",
    ),
    "too costly": (
        "{ cycles(first: 100) { nodes { groups(first: 100) { nodes { drafts(first: 100) {"
        " nodes { title } } } } } } }",
        "QUERY_TOO_COSTLY",
    ),
    "fragments that double at each step": (
        "{ ...F0 }"
        + "".join(f" fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in range(90))
        + " fragment F90 on Query { headPosition }",
        "TOO_MANY_FRAGMENTS",
    ),
    "fragments in a circle": (
        "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }",
        "VALIDATION",
    ),
    "a fragment that is not there": ("{ ...A }", "VALIDATION"),
    "a flood of directives": (
        "{ headPosition " + "@skip(if: true) " * 200 + "}",
        "TOO_MANY_DIRECTIVES",
    ),
    "directives that are not there": ("{ headPosition " + "@a " * 900 + "}", "TOO_MANY_DIRECTIVES"),
    "the same again and again": (
        "{ cycle(year: 1) {" + " bpfCap { value }" * 300 + "} }",
        "QUERY_TOO_REPETITIVE",
    ),
    "the schema, a hundred times": (
        "{ __schema {" + " types { fields { type { name } } }" * 100 + "} }",
        "QUERY_TOO_COSTLY",
    ),
    "the schema within itself": (
        "{ __schema { types { fields { type { fields { type { fields { type { fields {"
        " name } } } } } } } } } }",
        "QUERY_TOO_COSTLY",
    ),
    "variables without an end": (
        "query (" + " ".join(f"$v{n}: Int" for n in range(400)) + ") { headPosition }",
        "TOO_MANY_VARIABLES",
    ),
    "a page that is deferred": ("{ ... @defer { headPosition } }", "VALIDATION"),
}


@pytest.mark.parametrize(("query", "code"), DOCUMENTS.values(), ids=DOCUMENTS.keys())
async def test_invalid_document_is_refused_with_a_code(
    server: Server, query: str, code: str
) -> None:
    async with await server.client() as anonymous:
        answer = await anonymous.answer(query)

        assert code in codes(answer)
        assert answer.get("data") is None
        assert len(answer["errors"]) <= 101
        assert await anonymous.ask("{ __typename }") == {"__typename": "Query"}


def codes(answer: Json) -> set[str]:
    """The codes of an answer: every error has one, and a message of some length."""
    for error in answer["errors"]:
        assert error["extensions"]["code"]
        assert 0 < len(error["message"]) < 2_000
    return {error["extensions"]["code"] for error in answer["errors"]}


YEAR = "query ($year: Int!) { cycle(year: $year) { year } }"

VARIABLES: dict[str, Json] = {
    "a text": {"year": "2018"},
    "nothing": {"year": None},
    "none": {},
    "a fraction": {"year": 2018.5},
    "more than fits": {"year": 2**31},
    "much more than fits": {"year": 2**70},
    "a truth": {"year": True},
    "a list": {"year": [2018]},
    "an object": {"year": {"__proto__": {"toString": 1}}},
    "lists within lists": {"year": [[[[[[[[1]]]]]]]]},
    "a long list": {"year": [0] * 20_000},
}


@pytest.mark.parametrize("variables", VARIABLES.values(), ids=VARIABLES.keys())
async def test_variable_of_another_type_is_refused_with_a_code(
    server: Server, variables: Json
) -> None:
    async with await server.client() as anonymous:
        answer = await anonymous.answer(YEAR, **variables)

    assert codes(answer) == {"BAD_VARIABLE"}
    assert answer.get("data") is None


@pytest.mark.parametrize("number", ["1e400", "-1e400", "1" * 400, "1e-400", "-0"])
async def test_numbers_at_the_edges_of_json_are_no_years(server: Server, number: str) -> None:
    body = f'{{"query": {json.dumps(YEAR)}, "variables": {{"year": {number}}}}}'
    async with plain_http() as http:
        response = await http.post(
            server.url, content=body, headers={"Content-Type": "application/json"}
        )

    answer = response.json()
    assert answer.get("data") == {"cycle": None} or codes(answer) <= {"BAD_VARIABLE", "BAD_JSON"}


async def test_variables_that_nobody_asked_for_are_nothing(server: Server) -> None:
    async with await server.client() as anonymous:
        data = await anonymous.ask(
            YEAR, year=1, __proto__={"a": 1}, constructor="x", more=[1] * 999
        )

    assert data == {"cycle": None}


async def test_variables_that_nest_deeper_than_anyone_writes_them_are_nothing_or_refused(
    server: Server, scenario: ForumScenario
) -> None:
    watched = "subscription ($after: Position) { auditTrail(after: $after) { position } }"
    deep: Json = []
    for _ in range(300):
        deep = [deep]
    async with await server.client() as anonymous, server.socket() as socket:
        found = await anonymous.ask(YEAR, year=scenario.year, more=deep)
        assert found == {"cycle": {"year": scenario.year}}
        assert codes(await anonymous.answer(YEAR, year=deep)) == {"BAD_VARIABLE"}
        await socket.subscribe("deep", watched, after=deep)
        assert codes({"errors": await socket.error("deep")}) == {"BAD_VARIABLE"}
        await socket.subscribe("all", watched, after=0, more=deep)
        assert (await socket.next("all"))["auditTrail"]["position"] == 1


TEXTS: dict[str, tuple[str, str]] = {
    "nothing": ("", "BAD_VALUE"),
    "blanks": (" \n\t ", "BAD_VALUE"),
    "a NUL": ("a\x00b", "BAD_VALUE"),
    "an escape": ("a\x1b[31mb", "BAD_VALUE"),
    "nine kilobytes": ("x" * 9_000, "COMMENT_TOO_LONG"),
    "nine kilobytes of blanks": (" " * 9_000, "COMMENT_TOO_LONG"),
}


@pytest.mark.parametrize(("body", "code"), TEXTS.values(), ids=TEXTS.keys())
async def test_invalid_text_is_refused_and_nothing_is_recorded(
    scenario: ForumScenario, server: Server, body: str, code: str
) -> None:
    draft = await scenario.publish(await scenario.establish())
    head = await server.backend.record.head()

    refused = await scenario.commenter.send("postComment", {"draft": draft, "body": body})

    assert refused["code"] == code
    assert await server.backend.record.head() == head


HARMLESS = {
    "markup": "<script>alert(1)</script> ![x](javascript:alert(1))",
    "statements": "'; DROP TABLE stored_events; --",
    "other scripts": "ქართული 中文 العربية 🦄🏳️‍🌈",
    "a quote of json": '{"sealed": "' + "0" * 64 + '"}',
    "templates": "{{ 7*7 }} ${7*7} %s %(a)s",
}


@pytest.mark.parametrize("body", HARMLESS.values(), ids=HARMLESS.keys())
async def test_dangerous_text_is_recorded_unchanged(scenario: ForumScenario, body: str) -> None:
    draft = await scenario.publish(await scenario.establish())

    done = await scenario.comment(draft, body)

    data = await scenario.commenter.ask(
        "query ($id: ID!) { comment(id: $id) { body firstEvent { data } } }",
        id=done["comment"]["id"],
    )
    assert data["comment"]["body"] == body
    assert data["comment"]["firstEvent"]["data"]["body"]["text"] == body


IDS = ["", "x", "\x00", "0" * 50_000, "null", "-1", "__proto__", "{}", "%00", "🦄", "../../etc"]


@pytest.mark.parametrize("id", IDS, ids=lambda id: repr(id[:12]))
async def test_invalid_id_is_refused_in_every_argument(scenario: ForumScenario, id: str) -> None:
    for field in ("proposal", "decision", "group", "draft", "comment", "participant", "node"):
        query = f"query ($id: ID!) {{ {field}(id: $id) {{ id }} }}"
        assert codes(await scenario.commenter.answer(query, id=id)) == {"BAD_ID"}
    for fields in ({"draft": id}, {"draft": new_id(), "inReplyTo": id}, {"commandId": id}):
        given = {"draft": new_id(), "body": "?", **fields}
        refused = await scenario.commenter.send("postComment", given)
        assert refused["code"] == "BAD_VALUE"
        assert len(refused["message"]) < 300


@pytest.mark.parametrize("key", ["", "x" * 50_000, "\x00", "A B", "🦄", "__proto__"])
async def test_unknown_key_finds_nothing(server: Server, key: str) -> None:
    async with await server.client() as anonymous:
        data = await anonymous.ask(
            "query ($key: String!) { theme(key: $key) { key } source(key: $key) { key } }",
            key=key,
        )

    assert data == {"theme": None, "source": None}


async def test_input_with_an_unknown_field_is_refused(scenario: ForumScenario) -> None:
    query = "mutation ($input: OpenCycleInput!) { openCycle(input: $input) { __typename } }"
    given = {"commandId": new_id(), "year": 2050}

    extra: list[Json] = [{"a": 1}, {"__proto__": {}}, {"provenance": {"ground": "IMPORTED"}}]
    for more in extra:
        answer = await scenario.secretariat.answer(query, input={**given, **more})
        assert codes(answer) == {"BAD_VARIABLE"}


async def test_list_that_is_too_long_is_refused(scenario: ForumScenario) -> None:
    draft = await scenario.publish(await scenario.establish())
    query = """mutation ($input: PostCommentInput!) { postComment(input: $input) {
        ... on Refusal { code } } }"""
    given = {"commandId": new_id(), "draft": draft, "body": "!"}

    long = await scenario.commenter.ask(query, input={**given, "blocks": ["b1"] * 1_000})
    longer = await scenario.commenter.answer(query, input={**given, "blocks": ["b1"] * 1_001})

    assert long["postComment"]["code"] in {"BAD_VALUE", "NOT_FOUND"}
    assert codes(longer) == {"BAD_VARIABLE"}
