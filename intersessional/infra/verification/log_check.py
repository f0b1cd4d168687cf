"""Checks the log: positions, hashes of the leaves, times, versions and the head."""

from collections.abc import Sequence
from datetime import datetime

from intersessional.domain.kernel.occurred import rfc3339
from intersessional.infra.event_store.format.leaf import leaf_bytes
from intersessional.infra.event_store.format.merkle import Frontier, leaf_hash
from intersessional.infra.event_store.log_head import LogHead
from intersessional.infra.event_store.log_row import LogRow
from intersessional.infra.postgres.connection import Connection
from intersessional.infra.verification.discrepancies import DISCREPANCIES_MAX, Discrepancies
from intersessional.infra.verification.hashed_event import HashedEvent
from intersessional.infra.verification.record_page import RecordPage

_TABLE = "stored_events"

_OUTSIDE = """
SELECT notification_id AS position FROM stored_events
 WHERE notification_id < 1 OR notification_id > $1 ORDER BY notification_id
"""
_PREDECESSORS = """
SELECT notification_id FROM unnest($1::uuid[], $2::bigint[])
       WITH ORDINALITY AS wanted (stream, version, nth)
  LEFT JOIN stored_events ON originator_id = stream AND originator_version = version
 ORDER BY nth
"""


class LogCheck:
    """Recomputes every leaf from the stored bytes, and the frontier from the leaves.

    Positions are contiguous from 1, versions follow each other in every stream, no event is
    recorded before its predecessor, and nothing lies outside the head.
    """

    def __init__(self, connection: Connection, head: LogHead, discrepancies: Discrepancies) -> None:
        self._connection = connection
        self._head = head
        self._discrepancies = discrepancies
        self._frontier = Frontier()
        self._last = 0
        """The last position that was looked at."""
        self._recorded_at: datetime | None = None
        self._is_complete = True
        """Whether no position is missing, so that the frontier can be computed."""

    async def check(self, page: RecordPage) -> None:
        """Check the next events."""
        for event in page.events:
            self._check_missing(event.position)
            self._check_row(event)
            self._frontier.append(event.leaf_hash)
        self._check_missing(page.until + 1)
        self._last = page.until
        await self._check_versions([event.row for event in page.events])

    async def finish(self) -> None:
        """Compare the head with the events, and look for events outside it."""
        computed = (self._frontier.hashes, self._recorded_at)
        if self._is_complete and computed != (self._head.frontier, self._head.recorded_at):
            self._add(self._head.position, "the head does not match the events up to it")
        outside = await self._connection.cursor(_OUTSIDE, self._head.position)
        while rows := await outside.fetch(DISCREPANCIES_MAX):
            for row in rows:
                end = "before the first position" if row["position"] < 1 else "beyond the head"
                self._add(row["position"], f"an event lies {end}")

    def _check_missing(self, position: int) -> None:
        """Report the positions between the last one and this."""
        if position > self._last + 1:
            first, last = self._last + 1, position - 1
            many = f"the events up to position {last} are missing"
            self._add(first, "the event is missing" if first == last else many)
            self._is_complete = False
        self._last = position

    def _check_row(self, event: HashedEvent) -> None:
        row = event.row
        if _leaf_hash(row) != event.leaf_hash:
            self._add(row.position, "the event's bytes are not those that were hashed")
        if event.fault is not None:
            self._add(row.position, f"the event cannot be decoded: {event.fault}")
        if self._recorded_at is not None and row.recorded_at < self._recorded_at:
            self._add(row.position, "the event was recorded before its predecessor")
        self._recorded_at = row.recorded_at

    async def _check_versions(self, rows: Sequence[LogRow]) -> None:
        """Check that each event comes after the event of the version before.

        A version is unique in its stream, so when every event has its predecessor, each stream is
        contiguous. The first version is 1; streams of the library may begin with 0.
        """
        found = await self._connection.fetch(
            _PREDECESSORS, [row.stream for row in rows], [row.version - 1 for row in rows]
        )
        for row, (before,) in zip(rows, found, strict=True):
            begins = before is None and row.version in (0, 1)
            if not begins and (before is None or before > row.position):
                self._add(
                    row.position,
                    f"version {row.version - 1} of its stream does not come before the event",
                )

    def _add(self, position: int, sentence: str) -> None:
        self._discrepancies.add(_TABLE, position, sentence)


def _leaf_hash(row: LogRow) -> bytes | None:
    """The leaf hash of a stored row; None when the row cannot be a leaf."""
    at = rfc3339(row.recorded_at)
    try:
        leaf = leaf_bytes(at, row.state, row.position, row.stream, row.topic, row.version)
    except (TypeError, ValueError):
        return None
    return leaf_hash(leaf)
