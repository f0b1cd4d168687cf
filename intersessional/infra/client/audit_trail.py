"""Follows the audit trail of a running server."""

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing
from typing import Any

from intersessional.concurrency.backoff import Backoff
from intersessional.infra.client.client_socket import open_socket
from intersessional.infra.client.errors import ConnectionLost, RecordLost, ServerError
from intersessional.projections.kernel.epochs import PositionInEpoch

RETRY_MIN_S = 0.1
RETRY_MAX_S = 5.0

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


async def follow(
    url: str, after: int | None, print_note: Callable[[str], None]
) -> AsyncGenerator[Entry]:
    """Yield every event after a position, once and in order; without one, only later events.

    A lost connection is opened again after the last position, and ``print_note`` called; also when
    the record has lost events that were yielded: then those follow that came instead. Raises
    ServerError, and ConnectionLost where the first connection fails.
    """
    backoff, acknowledged, is_lost = Backoff(RETRY_MIN_S, RETRY_MAX_S), False, False
    epoch: str | None = None
    while True:
        try:
            async with open_socket(url) as socket:
                payload = await socket.initialize()
                if after is None:
                    after = _head_position(payload)
                if is_lost:
                    print_note(f"Connected again; going on after {after}.")
                acknowledged, is_lost = True, False
                epoch = epoch or payload.get("epoch")
                variables = {"after": _cursor(after, epoch)}
                async with aclosing(socket.subscribe(_TRAIL, variables)) as results:
                    async for result in results:
                        entry: Entry = result["data"]["auditTrail"]
                        if entry["position"] != after + 1:
                            raise ConnectionLost(f"{entry['position']} came after {after}.")
                        after += 1
                        epoch = result.get("extensions", {}).get("epoch")
                        backoff.reset()
                        yield entry
        except RecordLost as lost:
            after, epoch = min(lost.after, after or 0), None
            print_note(f"{lost} Going on after {after}.")
        except ConnectionLost as lost:
            if not acknowledged:
                raise
            if not is_lost:
                print_note(f"{lost} Trying again.")
            is_lost = True
        await backoff.wait()


def _cursor(position: int, epoch: str | None) -> int | str:
    """The position in its epoch; an earlier version of the server tells none."""
    return position if epoch is None else PositionInEpoch(position, epoch).cursor


def _head_position(payload: Any) -> int:
    match payload:
        case {"headPosition": int(position)}:
            return position
        case _:
            raise ServerError("The server does not send the position of its record.")
