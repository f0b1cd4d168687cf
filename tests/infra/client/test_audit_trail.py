"""The audit trail is followed across everything that can happen to a line."""

import asyncio
from contextlib import aclosing

import pytest

from intersessional.infra.client.audit_trail import follow
from intersessional.infra.client.errors import ConnectionLost, ServerError
from tests.infra.client.stranger import ACK, Stranger, entry, stranger


async def first(count: int, of: Stranger, told: list[str]) -> list[int]:
    positions: list[int] = []
    async with asyncio.timeout(30), aclosing(follow(of.url, None, told.append)) as entries:
        async for each in entries:
            positions.append(each["position"])
            if len(positions) == count:
                break
    return positions


async def test_after_a_drop_it_goes_on_where_it_was_and_says_so() -> None:
    told: list[str] = []
    async with stranger([ACK, entry(1), entry(2), 1012], [1001], [ACK, entry(3)]) as server:
        assert await first(3, server, told) == [1, 2, 3]

        assert server.asked == [0, 2]
    assert told == [
        "The server closed the socket: 1012 as told. Trying again.",
        "Connected again; going on after 2.",
    ]


async def test_a_server_that_skips_is_asked_again_for_what_it_skipped() -> None:
    told: list[str] = []
    async with stranger([ACK, entry(1), entry(3)], [ACK, entry(2), entry(3)]) as server:
        assert await first(3, server, told) == [1, 2, 3]

    assert told[0] == "3 came after 1. Trying again."


async def test_a_fault_of_the_server_is_told_and_the_event_asked_for_again() -> None:
    fault = [{"message": "Something went wrong.", "extensions": {"code": "INTERNAL"}}]
    message = {"type": "next", "id": "1", "payload": {"data": None, "errors": fault}}
    told: list[str] = []
    async with stranger([ACK, message], [ACK, {"type": "complete"}], [ACK, entry(1)]) as server:
        assert await first(1, server, told) == [1]

        assert server.asked == [0, 0, 0]
    assert told[0] == "Something went wrong. (INTERNAL) Trying again."
    assert told[2] == "The server ended the subscription. Trying again."


async def test_pings_are_answered_and_what_is_not_understood_is_passed_over() -> None:
    async with stranger(
        [{"type": "ping"}, ACK, {"type": "ping"}, {"type": "new"}, entry(1)]
    ) as one:
        assert await first(1, one, []) == [1]


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        ([4403], "The server closed the socket: 4403 as told."),
        ([ACK, 4401], "The server closed the socket: 4401 as told."),
        (["no json"], "The server sends what is no message of graphql-transport-ws."),
        ([{"type": "next"}], "A greeting was answered with 'next'."),
        ([{"type": "connection_ack"}], "The server does not say where its record stands."),
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
async def test_what_the_server_refuses_is_not_tried_again(
    script: list[dict[str, object] | str | int], sentence: str
) -> None:
    async with stranger(script) as server:
        with pytest.raises(ServerError) as refused:
            await first(1, server, [])

    assert str(refused.value) == sentence


async def test_a_server_that_refuses_later_ends_it_too() -> None:
    async with stranger([ACK, entry(1), 1012], [4403]) as server:
        with pytest.raises(ServerError):
            await first(2, server, [])


async def test_where_nothing_answers_it_is_not_tried_again() -> None:
    async with stranger() as server:
        pass

    with pytest.raises(ConnectionLost, match="Nothing answers at ws://"):
        await first(1, server, [])
