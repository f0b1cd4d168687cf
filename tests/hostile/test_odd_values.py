"""Odd JSON and odd ids are right, or an error with a code; never INTERNAL."""

import json
from typing import Any

import httpx
import pytest

from tests.graphql.client import plain_http
from tests.graphql.scenario import ForumScenario, new_id
from tests.graphql.server import Server

pytestmark = pytest.mark.asyncio(loop_scope="session")

Json = Any

YEAR = "query ($year: Int!) { cycle(year: $year) { year } }"
NAMED = "query Named { __typename }"
PUBLISH = """mutation ($input: PublishDraftInput!) { publishDraft(input: $input) {
    __typename ... on Refusal { code } } }"""


async def posted(server: Server, body: bytes) -> httpx.Response:
    async with plain_http() as http:
        headers = {"Content-Type": "application/json"}
        return await http.post(server.url, content=body, headers=headers)


def codes(answer: Json) -> set[str]:
    return {error["extensions"]["code"] for error in answer.get("errors", ())}


BODIES = {
    "a number of 5,000 digits": b'{"query": "%b", "variables": {"year": %b}}'
    % (YEAR.encode(), b"9" * 5_000),
    "a fraction of 5,000 digits": b'{"query": "%b", "variables": {"year": 0.%b}}'
    % (YEAR.encode(), b"9" * 5_000),
    "half a surrogate pair": rb'{"query": "query ($k: String!) { theme(key: $k) { key } }",'
    rb' "variables": {"k": "\ud800"}}',
    "half a surrogate pair in a name": rb'{"query": "{ __typename }", "operationName": "\udfff"}',
    "arrays within arrays": b'{"query": "{ __typename }", "variables": {"a": %b}}'
    % (b"[" * 2_000 + b"]" * 2_000),
    "bytes that are not UTF-8": b'{"query": "{ __typename }", "operationName": "\xff"}',
    "not a number": b'{"query": "%b", "variables": {"year": NaN}}' % YEAR.encode(),
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
async def test_odd_json_is_an_error_with_a_code(server: Server, body: bytes) -> None:
    response = await posted(server, body)

    assert codes(response.json()) <= {"BAD_JSON", "BAD_VARIABLE", "NO_SUCH_OPERATION"}
    assert response.json().get("data") in (None, {"cycle": None})
    for error in response.json().get("errors", ()):
        assert "locations" in error or "line 1, column " in error["message"]


async def test_odd_json_over_a_socket_is_told_with_its_line(server: Server) -> None:
    async with server.socket() as socket:
        await socket.connection.send(f'{{"type": "subscribe",\n "id": {"9" * 5_000}}}')

        code, reason = await socket.closed()

    assert (code, reason[:37]) == (4400, "A message is JSON; line 2, column 8: ")


async def test_of_two_equal_keys_the_last_one_counts(server: Server) -> None:
    body = b'{"query": "{ nothing }", "query": "%b", "variables": {"year": 1, "year": 2}}'

    response = await posted(server, body % YEAR.encode())

    assert response.json()["data"] == {"cycle": None}


@pytest.mark.parametrize("key", ["\x00", "a\x00b", "🦄", "\u202e", "x" * 20_000])
async def test_odd_characters_in_an_argument_are_found_nowhere_or_refused(
    server: Server, scenario: ForumScenario, key: str
) -> None:
    draft = await scenario.publish(await scenario.establish())
    query = """query ($k: String!, $block: ID!, $id: ID!, $year: Int!) {
        theme(key: $k) { key } source(key: $k) { key } policy(key: $k) { key }
        template(version: $k) { version }
        draft(id: $id) {
            comments(block: $block) { totalCount }
            commentCounts(dimension: DAY, after: $k) { count } }
        cycle(year: $year) {
            policy(key: $k) { key } capUsed(key: $k) groups(kind: $k) { totalCount }
            meetings(after: $k) { totalCount } } }"""

    answer = await scenario.commenter.answer(query, k=key, block=key, id=draft, year=scenario.year)

    assert codes(answer) <= {"UNKNOWN_GROUP_KIND", "BAD_CURSOR", "BAD_VALUE"}


@pytest.mark.parametrize("held", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z"])
async def test_meeting_at_an_end_of_the_calendar_is_refused(
    scenario: ForumScenario, held: str
) -> None:
    # Its end, or its time at another place, would be no time: nobody could read it.
    call = {"year": scenario.year, "ordinal": 1, "label": "Last", "durationMinutes": 60}
    query = """mutation ($input: ScheduleMeetingInput!) { scheduleMeeting(input: $input) {
      ... on MeetingScheduled { meeting { endsAt localTimes { beginsLocally } } } } }"""

    answer = await scenario.secretariat.answer(
        query, input={"commandId": new_id(), "held": held, **call}
    )

    assert codes(answer) == {"BAD_VARIABLE"}


async def test_an_id_is_written_in_one_form_with_letters_of_any_size(
    scenario: ForumScenario,
) -> None:
    draft = await scenario.publish(await scenario.establish())
    query = "query ($id: ID!) { draft(id: $id) { id } }"

    found = await scenario.commenter.ask(query, id=draft.upper())
    assert found == {"draft": {"id": draft}}
    for other in (f"{{{draft}}}", f"urn:uuid:{draft}", draft.replace("-", ""), f" {draft}"):
        assert codes(await scenario.commenter.answer(query, id=other)) == {"BAD_ID"}
        refused = await scenario.commenter.send("postComment", {"draft": other, "body": "?"})
        assert refused["code"] == "BAD_VALUE"


async def test_a_command_id_comes_back_with_small_letters(scenario: ForumScenario) -> None:
    draft = await scenario.publish(await scenario.establish())
    id = new_id().upper()

    done = await scenario.commenter.do("postComment", commandId=id, draft=draft, body="Once.")
    again = await scenario.commenter.do(
        "postComment", commandId=id.lower(), draft=draft, body="Once."
    )

    assert done["commandId"] == again["commandId"] == id.lower()
    assert again["repeated"] is True


async def test_an_empty_operation_name_is_none_on_every_wire(server: Server) -> None:
    expected = {"__typename": "Query"}
    given = {"query": NAMED, "operationName": ""}
    async with plain_http() as http, server.socket() as socket:
        stream = {"Accept": "text/event-stream"}
        assert (await http.post(server.url, json=given)).json()["data"] == expected
        assert (await http.get(server.url, params=given)).json()["data"] == expected
        for streamed in (
            await http.post(server.url, json=given, headers=stream),
            await http.get(server.url, params=given, headers=stream),
        ):
            assert json.dumps(expected, separators=(",", ":")) in streamed.text
        await socket.send(id="q", type="subscribe", payload=given)
        assert (await socket.receive())["payload"]["data"] == expected


async def test_who_has_not_signed_in_is_refused_before_inputs_are_read(server: Server) -> None:
    blocks = [{"text": "x", "unknown": number} for number in range(2_000)]
    async with await server.client() as anonymous:
        answer = await anonymous.answer(PUBLISH, input={"blocks": blocks})
        renamed = await anonymous.ask(PUBLISH.replace("publishDraft(", "a: publishDraft("), input=1)

    assert answer["data"] == {
        "publishDraft": {"__typename": "NotSignedIn", "code": "NOT_SIGNED_IN"}
    }
    assert renamed["a"]["code"] == "NOT_SIGNED_IN"


@pytest.mark.parametrize(
    ("given", "most"),
    [
        ({"blocks": [{"text": "x"}] * 1_001}, 1_000),
        ({"blocks": [{f"k{n}": 1 for n in range(20)}] * 600}, 10_000),
    ],
    ids=["a long list", "many values"],
)
async def test_an_input_is_bounded_before_it_is_coerced(
    scenario: ForumScenario, given: Json, most: int
) -> None:
    answer = await scenario.secretariat.answer(PUBLISH, input=given)

    [error] = answer["errors"]
    assert error["extensions"]["code"] == "BAD_VARIABLE"
    assert error["extensions"]["max"] == most


async def test_command_of_who_has_not_signed_in_is_not_handled_for_a_preview(
    server: Server,
) -> None:
    query = """query ($command: CommandInput!) { preview(command: $command) {
      refusal { code } } }"""
    command = {
        "publishDraft": {
            "commandId": new_id(),
            "group": new_id(),
            "title": "A draft",
            "blocks": [{"kind": "PARAGRAPH", "text": "x"}],
        }
    }

    async with plain_http() as http:
        sent = {"query": query, "variables": {"command": command}}
        answer = (await http.post(server.url, json=sent)).json()

    assert answer["data"] == {"preview": {"refusal": {"code": "NOT_SIGNED_IN"}}}
