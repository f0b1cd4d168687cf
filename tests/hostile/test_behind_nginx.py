"""Behind an nginx that is set up as the page says, each client gets its own answer."""

import json
from collections.abc import AsyncGenerator

import pytest
import pytest_asyncio

from intersessional.domain.kernel.act import Role
from tests.graphql.client import Client, plain_http
from tests.graphql.scenario import new_id, new_year
from tests.graphql.server import Server
from tests.graphql.socket import open_socket
from tests.hostile.nginx import needs_nginx, open_nginx
from tests.infra.http.raw_connection import open_raw_connection_to

pytestmark = [pytest.mark.asyncio(loop_scope="session"), needs_nginx]

OFFERS = [
    "Upgrade: h2c",
    "Upgrade: websocket",
    "Upgrade: WebSocket",
    "Upgrade: websocket, h2c",
    "Upgrade: TLS/1.0, HTTP/2.0",
]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def url(server: Server, tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[str]:
    """The API behind nginx."""
    async with open_nginx(tmp_path_factory.mktemp("nginx"), server.url) as url:
        yield url


def smuggled(*lines: str) -> bytes:
    """A POST whose body is a request that asks for an answer of the attacker's choice.

    Before it are so many empty lines that a node reads it later than the head.
    """
    query = "/graphql?query=%7BopenCycle:__typename%7D"
    request = f"GET {query} HTTP/1.1\r\nHost: here\r\n\r\n".encode()
    body = b"\r\n" * 300_000 + request
    head = (
        "POST /graphql HTTP/1.1",
        "Host: here",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        *lines,
    )
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


@pytest.mark.parametrize("offer", OFFERS)
async def test_offer_of_another_protocol_does_not_answer_the_next_clients_mutation(
    server: Server, url: str, offer: str
) -> None:
    token = await server.token(Role.SECRETARIAT)
    async with open_raw_connection_to(url) as attacker:
        await attacker.write(smuggled("Connection: Upgrade", offer))
        status, _, _ = await attacker.receive()

    async with Client(url, token=token.text) as next_client:
        answers = [
            await next_client.send("openCycle", {"commandId": new_id(), "year": new_year()})
            for _ in range(3)
        ]

    assert status == 413
    assert [answer["__typename"] for answer in answers] == ["CycleOpened"] * 3


async def test_socket_and_stream_of_events_pass(server: Server, url: str) -> None:
    query = "subscription { auditTrail { position } }"
    async with open_socket(url) as socket:
        await socket.introduce()
        await socket.subscribe("1", query)
        async with plain_http() as http:
            headers = {"Accept": "text/event-stream"}
            async with http.stream("GET", url, params={"query": query}, headers=headers) as stream:
                lines = stream.aiter_lines()
                begun = await anext(lines)
                async with await server.client(Role.SECRETARIAT) as secretariat:
                    command = {"commandId": new_id(), "year": new_year()}
                    await secretariat.send("openCycle", command)
                event = await socket.next("1")

    assert begun.startswith("retry: ")
    assert event["auditTrail"]["position"] > 0


async def test_body_as_large_as_a_node_takes_passes(server: Server, url: str) -> None:
    token = await server.token(Role.SECRETARIAT)
    bytes_max = server.backend.settings.mutation_bytes_max
    body = b'{"query": "mutation { __typename }"}'.ljust(bytes_max)
    async with open_raw_connection_to(url) as line:
        await line.send(
            "POST /graphql HTTP/1.1",
            "Content-Type: application/json",
            f"Authorization: Bearer {token.text}",
            f"Content-Length: {len(body)}",
            body=body,
        )
        status, _, answer = await line.receive()

    assert (status, json.loads(answer)["data"]) == (200, {"__typename": "Mutation"})


async def test_node_reads_the_length_that_nginx_reads(server: Server, url: str) -> None:
    body = b'{"query": "{ __typename }"}'
    lines = (
        "POST /graphql HTTP/1.1",
        "Content-Type: application/json",
        "Content_Length: 3",
        "Transfer_Encoding: chunked",
        f"Content-Length: {len(body)}",
    )
    for at in (url, server.url):
        async with open_raw_connection_to(at) as line:
            for _ in range(2):
                await line.send(*lines, body=body)
                status, _, answer = await line.receive()

                assert (status, json.loads(answer)["data"]) == (200, {"__typename": "Query"})
