"""A socket that floods the server with frames or messages takes nobody else's turn."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack

import pytest
import pytest_asyncio
from websockets.frames import Frame, Opcode

from intersessional.infra.connections import open_connections
from intersessional.infra.websocket import frame_reader
from intersessional.infra.websocket.raw_frames import TOO_MANY_FRAMES, RawFramesProtocol
from tests.graphql.server import WAIT_MAX_S, Server, serving
from tests.graphql.socket import Socket, open_socket

pytestmark = pytest.mark.asyncio(loop_scope="session")

FLOOD = 20_000


def frame(opcode: Opcode, payload: bytes = b"", *, fin: bool = True) -> bytes:
    """A client's frame."""
    return Frame(opcode, payload, fin).serialize(mask=True)


def message(**fields: object) -> bytes:
    """A client's text message."""
    return frame(Opcode.TEXT, json.dumps(fields).encode())


class TakenFrames:
    """The frames that a server took from each socket, by turns of the event loop.

    Sockets of earlier tests may still be read.
    """

    def __init__(self) -> None:
        self.by_socket: dict[RawFramesProtocol, Counter[int]] = {}

    @property
    def most_in_a_turn(self) -> int:
        return max(max(turns.values()) for turns in self.by_socket.values())

    @property
    def most_of_a_socket(self) -> int:
        return max(turns.total() for turns in self.by_socket.values())


@pytest_asyncio.fixture(loop_scope="session")
async def taken_frames(monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[TakenFrames]:
    """The frames that are taken during this test."""
    taken = TakenFrames()
    loop, take, turn = asyncio.get_running_loop(), RawFramesProtocol.take, 0

    def counting_take(protocol: RawFramesProtocol, part: bytes) -> bool:
        taken.by_socket.setdefault(protocol, Counter())[turn] += 1
        return take(protocol, part)

    async def count_turns() -> None:
        nonlocal turn
        while True:
            turn += 1
            await asyncio.sleep(0)

    monkeypatch.setattr(RawFramesProtocol, "take", counting_take)
    turns = loop.create_task(count_turns())
    yield taken
    turns.cancel()


@pytest.fixture
def spent_rates(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long it takes, nothing is allowed beyond the burst."""
    monkeypatch.setattr(frame_reader, "FRAMES_PER_S", 1e-6)
    monkeypatch.setattr(frame_reader, "MESSAGES_PER_S", 1e-6)


async def flood(socket: Socket, frames: bytes) -> None:
    """Send bytes as they are, as fast as the server reads them."""
    transport = socket.connection.transport
    transport.set_write_buffer_limits(high=0)
    transport.write(frames)


BEGIN = frame(Opcode.TEXT, b"{", fin=False)
FLOODS = {
    "pongs": frame(Opcode.PONG) * FLOOD,
    "pings": frame(Opcode.PING) * FLOOD,
    "pings with a payload": frame(Opcode.PING, b"x" * 125) * FLOOD,
    "empty fragments": BEGIN + frame(Opcode.CONT, fin=False) * FLOOD,
    "fragments of one byte": BEGIN + frame(Opcode.CONT, b"x", fin=False) * FLOOD,
}


@pytest.mark.usefixtures("spent_rates")
@pytest.mark.parametrize("frames", FLOODS.values(), ids=FLOODS.keys())
async def test_flood_of_frames_closes_its_socket_after_a_few_frames_a_turn(
    server: Server, taken_frames: TakenFrames, frames: bytes
) -> None:
    async with open_socket(server.url) as socket, await server.client() as other:
        await flood(socket, frames)
        assert await other.ask("{ __typename }") == {"__typename": "Query"}
        code, _ = await socket.closed()

    assert code in {TOO_MANY_FRAMES, 1006}
    burst, per_turn = frame_reader.FRAMES_BURST, frame_reader.FRAMES_PER_TURN
    assert taken_frames.most_in_a_turn <= per_turn
    assert taken_frames.most_of_a_socket <= burst + 3 * per_turn


@pytest.mark.usefixtures("spent_rates")
@pytest.mark.parametrize(
    "flooded",
    [
        message(type="ping"),
        message(type="subscribe", id="x", payload={"query": "{"})
        + message(type="complete", id="x"),
        message(type="complete", id="x"),
    ],
    ids=["pings", "invalid operations", "completes"],
)
async def test_flood_of_messages_takes_one_a_turn_and_waits_for_its_rate(
    server: Server, taken_frames: TakenFrames, flooded: bytes
) -> None:
    async with server.socket() as socket, await server.client() as other:
        await flood(socket, flooded * FLOOD)
        for _ in range(20):
            assert await other.ask("{ __typename }") == {"__typename": "Query"}

        # A frame may come in two parts.
        assert taken_frames.most_in_a_turn <= 2
        assert taken_frames.most_of_a_socket < frame_reader.MESSAGES_BURST * 2
        assert socket.connection.close_code is None
        socket.cut()


async def test_messages_within_their_rate_are_all_answered_in_order(server: Server) -> None:
    async with server.socket() as socket:
        await flood(socket, message(type="ping") * 50)
        for _ in range(50):
            assert (await socket.receive())["type"] == "pong"
        for number in range(20):
            await socket.subscribe(str(number), "{ __typename }")
            assert await socket.next(str(number)) == {"__typename": "Query"}
            assert (await socket.receive())["type"] == "complete"


async def test_message_in_many_reads_and_large_fragments_is_one_message(server: Server) -> None:
    text = json.dumps({"type": "ping", "payload": {"text": "x" * 40_000}}).encode()
    parts = [text[begin : begin + 2_000] for begin in range(0, len(text), 2_000)]
    frames = [frame(Opcode.TEXT, parts[0], fin=False)]
    frames += [frame(Opcode.CONT, part, fin=False) for part in parts[1:-1]]
    frames += [frame(Opcode.PONG), frame(Opcode.CONT, parts[-1])]
    sent = b"".join(frames) + message(type="ping")
    async with server.socket() as socket:
        for begin in range(0, len(sent), 999):
            socket.connection.transport.write(sent[begin : begin + 999])
            await asyncio.sleep(0)

        assert [(await socket.receive())["type"] for _ in range(2)] == ["pong", "pong"]


async def test_unfinished_messages_of_a_node_are_bounded(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_connections, "MESSAGES_BYTES_MAX", 200_000)
    unfinished = frame(Opcode.TEXT, b"x" * 60_000)[:-1]
    async with serving(database) as node, AsyncExitStack() as stack:
        other = await stack.enter_async_context(node.socket())
        sockets = [await stack.enter_async_context(node.socket()) for _ in range(10)]
        for socket in sockets:
            socket.connection.transport.write(unfinished)
        waiting = {asyncio.create_task(socket.connection.wait_closed()) for socket in sockets}
        async with asyncio.timeout(WAIT_MAX_S):
            while len(waiting) > 3:
                _, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        await other.send(type="ping")

        assert (await other.receive())["type"] == "pong"
        assert sum(socket.connection.close_code is None for socket in sockets) == 3
        for socket in sockets:
            socket.cut()
        await asyncio.wait(waiting)
