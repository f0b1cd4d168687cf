"""Batch writer: commits a batch in one call, or under the lock when other nodes append too."""

from collections.abc import Callable, Sequence
from datetime import datetime

from intersessional.infra.event_store.append.append_queue import QueuedAppend
from intersessional.infra.event_store.append.batch_arguments import APPEND_BATCH, arguments
from intersessional.infra.event_store.append.batch_plan import BatchFacts, BatchPlan
from intersessional.infra.event_store.format.merkle import Frontier
from intersessional.infra.event_store.log_head import LogHead
from intersessional.infra.postgres.connection import Connection
from intersessional.infra.postgres.reconnecting import ReconnectingConnection

TRIES_MAX = 2
"""The tries without the lock."""


class BatchWriter:
    """Appends batches after the head that it wrote last; the database checks that head."""

    def __init__(self, connection: ReconnectingConnection, clock: Callable[[], datetime]) -> None:
        self._connection = connection
        self._clock = clock
        self._head = LogHead(position=-1, recorded_at=None, frontier=())
        """The head after the last commit of this node."""
        self._alone = False
        """Whether no other node has appended since."""

    async def commit(self, batch: Sequence[QueuedAppend]) -> None:
        """Write the accepted appends of a batch and settle all of its appends after the commit.

        Raises the errors of the database; then no append is settled and the batch can be tried
        again.
        """
        connection = await self._connection.get()
        facts = BatchFacts()
        for _ in range(TRIES_MAX):
            if not self._alone:
                break
            plan = self._plan(batch, self._head, facts)
            written = await self._write(connection, plan, self._head, facts)
            if written is not None:
                return self._done(plan, written)
        async with connection.transaction():
            plan, written = await self._write_holding(connection, batch, facts)
        return self._done(plan, written)

    def _plan(self, batch: Sequence[QueuedAppend], head: LogHead, facts: BatchFacts) -> BatchPlan:
        now = self._clock()
        at = now if head.recorded_at is None else max(now, head.recorded_at)
        return BatchPlan.build(batch, after=head.position, at=at, facts=facts)

    async def _write_holding(
        self, connection: Connection, batch: Sequence[QueuedAppend], facts: BatchFacts
    ) -> tuple[BatchPlan, LogHead]:
        """Write under the lock; answer the plan and the head after it."""
        head, facts.epoch = await _hold(connection)
        facts.versions.clear()
        facts.concerned.clear()
        while True:
            plan = self._plan(batch, head, facts)
            written = await self._write(connection, plan, head, facts)
            if written is not None:
                self._alone = head == self._head
                return plan, written

    async def _write(
        self, connection: Connection, plan: BatchPlan, head: LogHead, facts: BatchFacts
    ) -> LogHead | None:
        """The head after the plan; None when it was not written, with the reasons in ``facts``.

        Each refusal excludes at least one append of the plan, so the tries end.
        """
        if not plan.events:
            return head
        frontier = Frontier(head.position, head.frontier)
        [answer] = await connection.fetch(APPEND_BATCH, *arguments(plan, frontier))
        if answer["written"]:
            return LogHead(position=plan.last, recorded_at=plan.at, frontier=frontier.hashes)
        self._alone = not answer["elsewhere"]
        facts.add(dict(answer))
        return None

    def _done(self, plan: BatchPlan, written: LogHead) -> None:
        self._head = written
        for queued, outcome in plan.outcomes:
            queued.settle(outcome)


async def _hold(connection: Connection) -> tuple[LogHead, str]:
    """Lock the log; answer its head and its epoch."""
    [row] = await connection.fetch("SELECT * FROM hold_log_in_epoch()")
    head = LogHead(
        position=row["stands"], recorded_at=row["stood_at"], frontier=tuple(row["peaks"])
    )
    return head, row["epoch"]
