"""Recomputes the log: every leaf from the stored bytes, and the frontier from the leaves."""

from intersessional.infra.record.entries import Head
from intersessional.infra.record.leaf import leaf_bytes, rfc3339
from intersessional.infra.record.log import Log
from intersessional.infra.record.merkle import Frontier, leaf_hash

PAGE = 5_000


class Broken(Exception):
    """The stored log is not what its hashes say."""


async def verify_chain(log: Log) -> Head:
    """Answer the head, of which every leaf was recomputed. Raises Broken with the position.

    Positions are contiguous from 1, versions follow each other in every stream, and no event is
    recorded before its predecessor.
    """
    head = await log.head()
    frontier = Frontier()
    recorded_at = None
    while frontier.size < head.position:
        rows = await log.read(frontier.size, PAGE, until=head.position)
        leaves = await log.leaf_hashes(frontier.size, len(rows))
        if not rows:
            raise Broken(f"the log ends at {frontier.size}, its head says {head.position}")
        for row, stored in zip(rows, leaves, strict=True):
            if row.position != frontier.size + 1:
                raise Broken(f"{row.position} follows {frontier.size}")
