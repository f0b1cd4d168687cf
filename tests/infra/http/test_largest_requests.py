"""What the domain allows passes every wire, however it is encoded; nothing larger is read."""

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from intersessional.domain.draft.block_changes import BLOCKS_MAX, DRAFT_MAX
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.texts import TEXT_MAX
from intersessional.infra.settings import Settings
from tests.graphql.client import plain_http
from tests.graphql.scenario import ForumScenario, new_id
from tests.graphql.server import Server
from tests.graphql.socket import open_socket
from tests.infra.http.http_requests import JSON, code

pytestmark = pytest.mark.asyncio(loop_scope="session")

PUBLISH = """
mutation ($input: PublishDraftInput!) { publishDraft(input: $input) { __typename
  ... on DraftPublished { draft { id } } ... on Refusal { code message } } }
"""
READ = "query ($text: ID!) { node(id: $text) { id } }"
SETTINGS = Settings()
LENGTH = DRAFT_MAX // BLOCKS_MAX

Encode = Callable[[Any], str]


def as_utf8(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def escaped(value: Any) -> str:
    r"""JSON in which every character of a paragraph is written as \\uXXXX."""
    return json.dumps(value).replace("a" * LENGTH, r"\u0061" * LENGTH)


def largest_draft(character: str) -> list[str]:
    """The texts of a draft with as many characters and as many blocks as are allowed."""
    assert LENGTH * len(character.encode()) <= TEXT_MAX
    return [character * LENGTH] * BLOCKS_MAX


WIRES = pytest.mark.parametrize("encode", [as_utf8, escaped])
CHARACTERS = pytest.mark.parametrize("character", ["a", "\u0e01", "\U0001f389"])


async def publish_request(scenario: ForumScenario, character: str) -> dict[str, Any]:
    """The request that publishes the largest draft of a character."""
    blocks = [{"text": text} for text in largest_draft(character)]
    command = {"commandId": new_id(), "group": await scenario.establish(), "blocks": blocks}
    return {"query": PUBLISH, "variables": {"input": {**command, "title": "A draft"}}}


@WIRES
@CHARACTERS
async def test_largest_draft_is_published_over_http(
    scenario: ForumScenario, character: str, encode: Encode
) -> None:
    request = await publish_request(scenario, character)

    client = scenario.secretariat
    body = encode(request).encode()
    response = await client.http.post(client.url, content=body, headers={"Content-Type": JSON})

    assert response.json()["data"]["publishDraft"]["__typename"] == "DraftPublished"


@WIRES
@CHARACTERS
async def test_largest_draft_is_published_over_a_websocket(
    scenario: ForumScenario, character: str, encode: Encode
) -> None:
    request = await publish_request(scenario, character)

    async with open_socket(scenario.secretariat.url) as socket:
        await socket.introduce(scenario.secretariat.token)
        message = {"id": "1", "type": "subscribe", "payload": request}
        await socket.connection.send(encode(message))
        answer = await socket.next("1")

    assert answer["publishDraft"]["__typename"] == "DraftPublished"


async def test_larger_request_of_a_signed_in_sender_is_refused(scenario: ForumScenario) -> None:
    text = "x" * SETTINGS.mutation_bytes_max

    response = await scenario.secretariat.post(PUBLISH, input={"title": text})
    async with open_socket(scenario.secretariat.url) as socket:
        await socket.introduce(scenario.secretariat.token)
        # The server closes before everything is sent.
        with suppress(ConnectionClosed):
            await socket.subscribe("1", PUBLISH, input={"title": text})
        closed, _ = await socket.closed()

    assert (response.status_code, code(response)) == (413, "BODY_TOO_LARGE")
    assert closed == 1009


async def test_large_query_of_a_signed_in_sender_is_refused(scenario: ForumScenario) -> None:
    text = "x" * SETTINGS.body_bytes_max

    response = await scenario.secretariat.post(READ, text=text)
    async with open_socket(scenario.secretariat.url) as socket:
        await socket.introduce(scenario.secretariat.token)
        await socket.subscribe("1", READ, text=text)
        [error] = await socket.error("1")

    assert (response.status_code, code(response)) == (413, "BODY_TOO_LARGE")
    assert error["extensions"]["code"] == "BODY_TOO_LARGE"


@pytest.mark.parametrize("token", [None, "no.such.token"])
async def test_large_mutation_of_someone_who_is_not_signed_in_is_not_read(
    server: Server, token: str | None
) -> None:
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    variables = {"input": {"title": "x" * SETTINGS.body_bytes_max}}

    async with plain_http(headers) as http:
        response = await http.post(server.url, json={"query": PUBLISH, "variables": variables})
    async with open_socket(server.url) as socket:
        await socket.introduce()
        await socket.subscribe("1", PUBLISH, **variables)
        closed, _ = await socket.closed()

    assert (response.status_code, code(response)) in (
        (413, "BODY_TOO_LARGE"),
        (401, "TOKEN_REFUSED"),
    )
    assert closed == 1009


async def test_sender_of_a_large_body_who_may_not_publish_reads_why(
    server: Server, scenario: ForumScenario
) -> None:
    request = await publish_request(scenario, "a")
    async with await server.client(Role.COMMENTER) as commenter:
        response = await commenter.http.post(server.url, json=request)

    assert response.json()["data"]["publishDraft"]["code"] == "ROLE_REQUIRED"
