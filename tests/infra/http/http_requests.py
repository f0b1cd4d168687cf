"""Single HTTP requests with exactly the headers that a test gives."""

from collections.abc import Mapping
from typing import Any

import httpx

from tests.graphql.client import plain_http
from tests.graphql.server import Server

JSON = "application/json"
RESPONSE_JSON = "application/graphql-response+json"
QUERY = {"query": "{ __typename }"}
ANSWER = {"__typename": "Query"}


async def ask(
    server: Server,
    method: str,
    *,
    accept: str | None = None,
    headers: Mapping[str, str] | None = None,
    **sent: Any,
) -> httpx.Response:
    """The response; without ``accept``, the request has no ``Accept`` header."""
    async with plain_http() as http:
        del http.headers["accept"]
        given = dict(headers or {}) if accept is None else {"Accept": accept, **(headers or {})}
        return await http.request(method, server.url, headers=given, **sent)


async def post(
    server: Server, given: Mapping[str, Any] | bytes, accept: str | None = None
) -> httpx.Response:
    """The answer to a POST of JSON."""
    if isinstance(given, bytes):
        headers = {"Content-Type": JSON}
        return await ask(server, "POST", accept=accept, headers=headers, content=given)
    return await ask(server, "POST", accept=accept, json=given)


async def get(server: Server, accept: str | None = None, **parameters: str) -> httpx.Response:
    """The answer to a GET."""
    return await ask(server, "GET", accept=accept, params=parameters)


def code(response: httpx.Response) -> str:
    """The code of an answer that is nothing but one error."""
    (error,) = response.json()["errors"]
    assert "data" not in response.json()
    return str(error["extensions"]["code"])


def media(response: httpx.Response) -> str:
    """The media type of an answer, which is in UTF-8."""
    media, _, charset = response.headers["content-type"].partition("; charset=")
    assert charset == "utf-8"
    return str(media)
