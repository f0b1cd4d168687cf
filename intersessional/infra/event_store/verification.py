"""Recomputes the log: every leaf from the stored bytes, and the frontier from the leaves."""

from collections.abc import Sequence

from intersessional.domain.kernel.occurred import rfc3339
from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.event_store.format.leaf import leaf_bytes
from intersessional.infra.event_store.format.merkle import Frontier, leaf_hash
from intersessional.infra.event_store.log_head import LogHead
from intersessional.infra.event_store.log_row import LogRow

EVENTS_A_PAGE = 5_000


class ChainBroken(Exception):
    """The stored log differs from its hashes, from this position on."""

    def __init__(self, position: int, fault: str) -> None:
        super().__init__(f"position {position}: {fault}")
        self.position = position


async def verify_chain(log: EventLog) -> LogHead:
    """Recompute every leaf and the frontier; answer the head. Raises ChainBroken.

    Positions are contiguous from 1, versions follow each other in every stream, no event is
    recorded before its predecessor, and nothing lies beyond the head. Events that are appended
    meanwhile are not verified. The memory that it takes does not grow with the log.
    """
    last = await log.last_stored()
    head = await log.head()
    if last > head.position:
        raise ChainBroken(head.position + 1, "it lies beyond the head")
    frontier = Frontier()
    recorded_at = None
    while frontier.size < head.position:
        page = await log.read_hashed(frontier.size, EVENTS_A_PAGE, head.position)
        if not page:
            raise ChainBroken(frontier.size + 1, "it is missing")
        for stored, row in page:
            if row.position != frontier.size + 1:
                raise ChainBroken(frontier.size + 1, "it is missing")
            if _leaf_hash(row) != stored:
                raise ChainBroken(row.position, "its bytes are not those that were hashed")
            if recorded_at is not None and row.recorded_at < recorded_at:
                raise ChainBroken(row.position, "it was recorded before its predecessor")
            recorded_at = row.recorded_at
            frontier.append(stored)
        await _check_versions(log, [row for _, row in page])
    if (frontier.hashes, recorded_at) != (head.frontier, head.recorded_at):
        raise ChainBroken(head.position, "the head does not match the events before it")
    return head


async def _check_versions(log: EventLog, rows: Sequence[LogRow]) -> None:
    """Check that each event comes after the event of the version before.

    A version is unique in its stream, so when every event has its predecessor, each stream is
    contiguous. The first version is 1; streams of the library may begin with 0.
    """
    before = await log.positions_of((row.stream, row.version - 1) for row in rows)
    for row, position in zip(rows, before, strict=True):
        begins = position is None and row.version in (0, 1)
        if not begins and (position is None or position > row.position):
            raise ChainBroken(row.position, f"version {row.version - 1} does not come before it")


def _leaf_hash(row: LogRow) -> bytes | None:
    """The leaf hash of a stored row; None when the row cannot be a leaf."""
    at = rfc3339(row.recorded_at)
    try:
        leaf = leaf_bytes(at, row.state, row.position, row.stream, row.topic, row.version)
    except (TypeError, ValueError):
        return None
    return leaf_hash(leaf)
