"""Pages of the stored log, decoded once for all checks."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass

import asyncpg

from intersessional.infra.event_store.log_row import LogRow
from intersessional.infra.postgres.connection import Connection
from intersessional.infra.postgres.readable_time import readable
from intersessional.infra.verification.hashed_event import EventDecoder, HashedEvent

EVENTS_A_PAGE = 1_000
BYTES_A_PAGE = 8_000_000
_ROWS_A_FETCH = 100

_EVENTS = f"""
SELECT notification_id AS position, originator_id AS stream, originator_version AS version,
       topic, state, {readable("recorded_at")}, leaf_hash
  FROM stored_events WHERE notification_id BETWEEN 1 AND $1 ORDER BY notification_id
"""


@dataclass(frozen=True, slots=True)
class RecordPage:
    """The next events in order of position, and the last position that they may have."""

    events: Sequence[HashedEvent]
    until: int


async def record_pages(
    connection: Connection, decoder: EventDecoder | None, last: int
) -> AsyncGenerator[RecordPage]:
    """The events from position 1 up to ``last``, at most BYTES_A_PAGE and some rows at a time.

    The last page ends at ``last``, with or without events. Without a decoder they are
    not decoded.
    """
    cursor = await connection.cursor(_EVENTS, last)
    while True:
        events: list[HashedEvent] = []
        size_bytes, ended = 0, False
        while not ended and len(events) < EVENTS_A_PAGE and size_bytes < BYTES_A_PAGE:
            rows = await cursor.fetch(min(_ROWS_A_FETCH, EVENTS_A_PAGE))
            ended = not rows
            events += [_hashed_event(decoder, row) for row in rows]
            size_bytes += sum(len(row["state"] or b"") for row in rows)
        yield RecordPage(events, last if ended else events[-1].position)
        if ended:
            return


def _hashed_event(decoder: EventDecoder | None, record: asyncpg.Record) -> HashedEvent:
    columns = dict(record)
    leaf_hash = columns.pop("leaf_hash")
    row = LogRow(**columns)
    if decoder is None:
        return HashedEvent(row=row, leaf_hash=leaf_hash)
    return decoder.decoded(row, leaf_hash)
