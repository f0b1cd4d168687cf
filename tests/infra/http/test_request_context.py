"""A request has an id in its response and in the log, and a line in the log where that is set."""

import logging

import pytest

from tests.graphql.client import plain_http
from tests.graphql.server import Server, serving
from tests.infra.http.http_requests import QUERY

pytestmark = pytest.mark.asyncio(loop_scope="session")

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
TRACEPARENT = f"00-{TRACE}-00f067aa0ba902b7-01"


async def request_id(server: Server, **headers: str) -> str:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    async with plain_http(named) as http:
        response = await http.post(server.url, json=QUERY)
    return response.headers["x-request-id"]


async def test_every_request_gets_an_id_of_its_own(server: Server) -> None:
    first, second = await request_id(server), await request_id(server)

    assert first != second
    assert len(first) == 32


async def test_id_of_a_client_is_not_taken_over(server: Server) -> None:
    assert await request_id(server, X_Request_Id="mine") != "mine"
    assert await request_id(server, traceparent=TRACEPARENT) != TRACE


async def test_id_of_a_trusted_proxy_is_taken_over_where_it_is_one(database: str) -> None:
    async with serving(database, INTERSESSIONAL_TRUSTED_PROXIES="127.0.0.1") as server:
        assert await request_id(server, X_Request_Id="a-1") == "a-1"
        assert await request_id(server, traceparent=TRACEPARENT) == TRACE
        assert await request_id(server, X_Request_Id="a-1", traceparent=TRACEPARENT) == "a-1"
        assert len(await request_id(server, X_Request_Id="a b" * 100)) == 32
        assert len(await request_id(server, traceparent=f"00-{'0' * 32}-00f067aa0ba902b7-01")) == 32


async def test_access_log_has_a_line_for_a_request_where_it_is_set(
    database: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "intersessional.access")
    async with (
        serving(database, INTERSESSIONAL_ACCESS_LOG="true") as server,
        plain_http() as http,
    ):
        response = await http.get(server.url.replace("/graphql", "/no%0Aline"))

    [record] = [one for one in caplog.records if one.name == "intersessional.access"]
    sent = len(response.content)
    assert record.getMessage().startswith(f"127.0.0.1 GET /no%0Aline 404 {sent} ")
    assert vars(record)["status"] == 404
