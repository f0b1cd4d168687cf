"""An operation name means the same on every wire."""

from typing import Any

import httpx
import orjson
import pytest

from tests.graphql.client import plain_http
from tests.graphql.server import Server

pytestmark = pytest.mark.asyncio(loop_scope="session")

Json = Any

ONE = "query A { __typename }"
TWO = "query A { __typename } query B { headPosition }"


def outcome(answer: Json) -> str:
    """The code of an answer's error, or its type."""
    if "errors" in answer:
        return str(answer["errors"][0]["extensions"]["code"])
    return str(answer["data"]["__typename"])


def streamed(response: httpx.Response) -> Json:
    """The result in a stream of one event, or the error before it."""
    if not response.headers["content-type"].startswith("text/event-stream"):
        return response.json()
    (data,) = [line for line in response.text.splitlines() if line.startswith("data: {")]
    return orjson.loads(data.removeprefix("data: "))


async def outcomes(server: Server, query: str, name: str | None) -> set[str]:
    """The outcomes of an operation by GET, by POST, as a stream of events and on a socket."""
    request = {"query": query} if name is None else {"query": query, "operationName": name}
    async with plain_http() as http, server.socket() as socket:
        events = {"Accept": "text/event-stream"}
        answers = [
            (await http.get(server.url, params=request)).json(),
            (await http.post(server.url, json=request)).json(),
            streamed(await http.get(server.url, params=request, headers=events)),
            streamed(await http.post(server.url, json=request, headers=events)),
        ]
        await socket.send(id="1", type="subscribe", payload=request)
        message = await socket.receive()
        payload = message["payload"]
        answers.append({"errors": payload} if message["type"] == "error" else payload)
    return {outcome(answer) for answer in answers}


@pytest.mark.parametrize(
    ("query", "name", "expected"),
    [
        (ONE, None, "Query"),
        (ONE, "", "Query"),
        (ONE, "A", "Query"),
        (ONE, "B", "NO_SUCH_OPERATION"),
        (TWO, None, "TOO_MANY_OPERATIONS"),
        (TWO, "", "TOO_MANY_OPERATIONS"),
        (TWO, "A", "TOO_MANY_OPERATIONS"),
        (ONE, " ", "NO_SUCH_OPERATION"),
    ],
)
async def test_operation_name_is_the_same_on_every_wire(
    server: Server, query: str, name: str | None, expected: str
) -> None:
    assert await outcomes(server, query, name) == {expected}
