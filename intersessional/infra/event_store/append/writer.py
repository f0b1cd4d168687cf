"""Commits one batch: in one call when this node alone moves the log, holding the lock else."""

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
"""How often a batch is tried without holding the lock in between."""


class Writer:
    """Moves the log's head. It remembers where it left it; the database has the last word."""

    def __init__(self, link: ReconnectingConnection, clock: Callable[[], datetime]) -> None:
        self._link = link
        self._clock = clock
        self._head = LogHead(position=-1, recorded_at=None, frontier=())
        """Where this node left the log."""
        self._alone = False
        """Whether no other node has moved it since."""

    async def commit(self, batch: Sequence[QueuedAppend]) -> None:
        """Record what can be recorded of a batch, and after the commit tell every outcome.

        Raises what the database raises; then no outcome is told, and the batch can be tried again.
        """
        connection = await self._link.get()
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
        return BatchPlan.of(batch, after=head.position, at=at, facts=facts)

    async def _write_holding(
        self, connection: Connection, batch: Sequence[QueuedAppend], facts: BatchFacts
    ) -> tuple[BatchPlan, LogHead]:
        """What could be recorded under the lock, and where the log stands after it."""
        head = await _hold(connection)
        facts.versions.clear()
        while True:
            plan = self._plan(batch, head, facts)
            written = await self._write(connection, plan, head, facts)
            if written is not None:
                self._alone = head == self._head
                return plan, written

    async def _write(
        self, connection: Connection, plan: BatchPlan, head: LogHead, facts: BatchFacts
    ) -> LogHead | None:
        """Where the log stands after the plan; None when it could not be taken, and why in facts.

        Each refusal rules out at least one append of the plan, so trying again ends.
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
        for pending, outcome in plan.outcomes:
            pending.settle(outcome)


async def _hold(connection: Connection) -> LogHead:
    [row] = await connection.fetch("SELECT * FROM hold_log()")
    return LogHead(
        position=row["stands"], recorded_at=row["stood_at"], frontier=tuple(row["peaks"])
    )
