"""Everyone who is on a node is kept awake, and nobody waits for that."""

import asyncio
from contextlib import ExitStack

from intersessional.infra.connections.client_connections import ClientConnections

GUESTS = 1_200
WAIT_MAX_S = 30


class Awake:
    """A guest who is told the head."""

    def __init__(self) -> None:
        self.heads: list[int] = []

    def send_heartbeat(self, log_position: int) -> None:
        self.heads.append(log_position)

    def close_for_restart(self, reconnect_ms: int) -> None:
        self.heads.append(-1)


async def test_signs_of_life_for_many_give_others_a_turn_in_their_midst() -> None:
    reached: list[int] = []
    guests = [Awake() for _ in range(GUESTS)]
    async with ClientConnections(lambda: 7, heartbeat_s=0) as live:
        with ExitStack() as stack:
            for guest in guests:
                stack.enter_context(live.track(guest))
            async with asyncio.timeout(WAIT_MAX_S):
                while not all(guest.heads for guest in guests):
                    await asyncio.sleep(0)
                    reached.append(sum(1 for guest in guests if guest.heads))

    assert [count for count in reached if 0 < count < GUESTS] == [500, 1_000]
    assert {guest.heads[0] for guest in guests} == {7}
