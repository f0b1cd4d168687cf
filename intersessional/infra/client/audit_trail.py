"""The audit trail of a running server, followed."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing
from typing import Any

from intersessional.infra.client.client_socket import open_socket
from intersessional.infra.client.errors import ConnectionLost, ServerError

PAUSE_MIN_S = 0.1
PAUSE_MAX_S = 5.0

_TRAIL = """
subscription Tail($after: Position!) {
  auditTrail(after: $after) {
    position recordedAt name topic stream version summary
    occurred { at precision }
    role person { id displayName }
    command provenance { ground sources { key } }
    data
  }
}
"""

Entry = Mapping[str, Any]


async def follow(url: str, after: int | None, tell: Callable[[str], None]) -> AsyncGenerator[Entry]:
    """Every event of the record after a position, each once and in order, for ever.

    Without a position, what is to come. When the line drops it goes on after the last event, and
    tells so. Raises ServerError, and ConnectionLost when nothing answered even once.
    """
    pause, greeted, down = PAUSE_MIN_S, False, False
    while True:
        try:
            async with open_socket(url) as socket:
                said = await socket.introduce()
                if after is None:
                    after = _position(said)
                if down:
                    tell(f"Connected again; going on after {after}.")
                greeted, down = True, False
                async with aclosing(socket.subscribe(_TRAIL, {"after": after})) as answers:
                    async for answer in answers:
                        entry: Entry = answer["auditTrail"]
                        if entry["position"] != after + 1:
                            raise ConnectionLost(f"{entry['position']} came after {after}.")
                        after, pause = after + 1, PAUSE_MIN_S
                        yield entry
        except ConnectionLost as dropped:
            if not greeted:
                raise
            if not down:
                tell(f"{dropped} Trying again.")
            down = True
        await asyncio.sleep(pause)
        pause = min(2 * pause, PAUSE_MAX_S)


def _position(said: Any) -> int:
    match said:
        case {"headPosition": int(position)}:
            return position
        case _:
            raise ServerError("The server does not say where its record stands.")
