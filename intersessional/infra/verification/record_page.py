"""Pages of the stored log, decoded once for all checks."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from typing import Any

import asyncpg
import msgspec
import orjson

from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.event_store.log_row import LogRow
from intersessional.infra.postgres.connection import Connection

EVENTS_A_PAGE = 1_000
BYTES_A_PAGE = 8_000_000
_ROWS_A_FETCH = 100

_EVENTS = """
SELECT notification_id AS position, originator_id AS stream, originator_version AS version,
       topic, state, recorded_at, leaf_hash
  FROM stored_events WHERE notification_id BETWEEN 1 AND $1 ORDER BY notification_id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class HashedEvent:
    """A stored event with the stored hash of its leaf, as far as it can be decoded."""

    row: LogRow
    leaf_hash: bytes
    state: Any
    """Its JSON; None when it is not JSON."""
    event: DomainEvent | None
    """None for an event that this version does not know, or cannot decode."""
    fault: str | None
    """Why it cannot be decoded."""

    @property
    def position(self) -> int:
        """Its position in the log."""
        return self.row.position

    @property
    def is_unknown(self) -> bool:
        """Whether this version has no class for it."""
        return self.event is None and self.fault is None


@dataclass(frozen=True, slots=True)
class RecordPage:
    """The next events in order of position, and the last position that they may have."""

    events: Sequence[HashedEvent]
    until: int


async def record_pages(
    connection: Connection, codec: Codec | None, last: int
) -> AsyncGenerator[RecordPage]:
    """The events from position 1 up to ``last``, at most BYTES_A_PAGE and some rows at a time.

    The last page ends at ``last``, with or without events. Without a codec they are not decoded.
    """
    cursor = await connection.cursor(_EVENTS, last)
    while True:
        events: list[HashedEvent] = []
        size_bytes, ended = 0, False
        while not ended and len(events) < EVENTS_A_PAGE and size_bytes < BYTES_A_PAGE:
            rows = await cursor.fetch(min(_ROWS_A_FETCH, EVENTS_A_PAGE))
            ended = not rows
            events += [_hashed_event(codec, row) for row in rows]
            size_bytes += sum(len(row["state"] or b"") for row in rows)
        yield RecordPage(events, last if ended else events[-1].position)
        if ended:
            return


def _hashed_event(codec: Codec | None, record: asyncpg.Record) -> HashedEvent:
    columns = dict(record)
    leaf_hash = columns.pop("leaf_hash")
    row, state, event, fault = LogRow(**columns), None, None, None
    if codec is None:
        return HashedEvent(row=row, leaf_hash=leaf_hash, state=None, event=None, fault=None)
    try:
        state = orjson.loads(row.state)
        decoded = codec.recorded(row).event
        event = decoded if isinstance(decoded, DomainEvent) else None
    except msgspec.ValidationError as error:
        fault = str(error)
    except Exception as error:  # noqa: BLE001  Upcasts are plugins' code; it is reported.
        fault = f"{type(error).__name__}: {error}"
    return HashedEvent(row=row, leaf_hash=leaf_hash, state=state, event=event, fault=fault)
