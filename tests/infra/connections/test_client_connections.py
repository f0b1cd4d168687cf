"""Heartbeats reach every connection without blocking other tasks."""

import asyncio
from contextlib import ExitStack
from typing import ClassVar

from intersessional.infra.connections.client_connections import ClientConnections
from intersessional.projections.kernel.epochs import PositionInEpoch

CONNECTIONS = 1_200
WAIT_MAX_S = 30


class RecordingConnection:
    """A connection that records the heartbeats it is sent."""

    KIND: ClassVar[str] = "recording"
    unsent_bytes = 7

    def __init__(self) -> None:
        self.positions: list[int] = []

    def send_heartbeat(self, log_position: PositionInEpoch) -> None:
        self.positions.append(log_position)

    def close_for_restart(self, reconnect_ms: int) -> None:
        self.positions.append(-1)


async def test_heartbeats_give_other_tasks_a_turn() -> None:
    reached: list[int] = []
    connections = [RecordingConnection() for _ in range(CONNECTIONS)]
    async with ClientConnections(lambda: PositionInEpoch(7, "a"), heartbeat_s=0) as live:
        with ExitStack() as stack:
            for connection in connections:
                stack.enter_context(live.track(connection))
            async with asyncio.timeout(WAIT_MAX_S):
                while not all(connection.positions for connection in connections):
                    await asyncio.sleep(0)
                    reached.append(sum(1 for connection in connections if connection.positions))

    assert [count for count in reached if 0 < count < CONNECTIONS] == [500, 1_000]
    assert {connection.positions[0] for connection in connections} == {7}
