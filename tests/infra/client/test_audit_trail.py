"""The audit trail is followed across lost connections."""

import asyncio
from contextlib import aclosing

import pytest

from intersessional.infra.client.audit_trail import follow
from intersessional.infra.client.errors import ConnectionLost, ServerError
from tests.infra.client.scripted_server import ACK, ScriptedServer, entry, scripted_server


async def first(count: int, of: ScriptedServer, received: list[str]) -> list[int]:
    positions: list[int] = []
    async with asyncio.timeout(30), aclosing(follow(of.url, None, received.append)) as entries:
        async for each in entries:
            positions.append(each["position"])
            if len(positions) == count:
                break
    return positions


async def test_client_continues_after_its_last_position_when_the_connection_is_lost() -> None:
    received: list[str] = []
    async with scripted_server([ACK, entry(1), entry(2), 1012], [1001], [ACK, entry(3)]) as server:
        assert await first(3, server, received) == [1, 2, 3]

        assert server.requested == [0, 2]
    assert received == [
        "The server closed the socket: 1012 as scripted. Trying again.",
        "Connected again; going on after 2.",
    ]


async def test_skipped_event_is_requested_again() -> None:
    received: list[str] = []
    async with scripted_server([ACK, entry(1), entry(3)], [ACK, entry(2), entry(3)]) as server:
        assert await first(3, server, received) == [1, 2, 3]

    assert received[0] == "3 came after 1. Trying again."


async def test_event_with_an_internal_error_is_requested_again() -> None:
    fault = [{"message": "Something went wrong.", "extensions": {"code": "INTERNAL"}}]
    message = {"type": "next", "id": "1", "payload": {"data": None, "errors": fault}}
    received: list[str] = []
    async with scripted_server(
        [ACK, message], [ACK, {"type": "complete"}], [ACK, entry(1)]
    ) as server:
        assert await first(1, server, received) == [1]

        assert server.requested == [0, 0, 0]
    assert received[0] == "Something went wrong. (INTERNAL) Trying again."
    assert received[2] == "The server ended the subscription. Trying again."


async def test_pings_are_answered_and_unknown_messages_ignored() -> None:
    async with scripted_server(
        [{"type": "ping"}, ACK, {"type": "ping"}, {"type": "new"}, entry(1)]
    ) as one:
        assert await first(1, one, []) == [1]


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        ([4403], "The server closed the socket: 4403 as scripted."),
        ([ACK, 4401], "The server closed the socket: 4401 as scripted."),
        (["no json"], "The server sends what is no message of graphql-transport-ws."),
        ([{"type": "next"}], "A greeting was answered with 'next'."),
        ([{"type": "connection_ack"}], "The server does not send the position of its record."),
        (
            [
                ACK,
                {
                    "type": "error",
                    "payload": [{"message": "No.", "extensions": {"code": "POSITION_AHEAD"}}],
                },
            ],
            "No. (POSITION_AHEAD)",
        ),
    ],
)
async def test_refusal_of_the_server_is_not_retried(
    script: list[dict[str, object] | str | int], sentence: str
) -> None:
    async with scripted_server(script) as server:
        with pytest.raises(ServerError) as refused:
            await first(1, server, [])

    assert str(refused.value) == sentence


async def test_refusal_after_a_reconnect_ends_the_client() -> None:
    async with scripted_server([ACK, entry(1), 1012], [4403]) as server:
        with pytest.raises(ServerError):
            await first(2, server, [])


async def test_unreachable_server_is_not_retried() -> None:
    async with scripted_server() as server:
        pass

    with pytest.raises(ConnectionLost, match="Nothing answers at ws://"):
        await first(1, server, [])
