"""Health probe: tries what queries and appends need, and writes nothing lasting."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import asyncpg

from intersessional.concurrency.outage import Outage
from intersessional.infra.clock import CheckedClock
from intersessional.infra.health.durations import LaggingViews, LockHolders
from intersessional.infra.health.health_report import HealthProblem, HealthReport
from intersessional.infra.postgres.connection import SCHEMA
from intersessional.infra.postgres.connection_errors import CONNECTION_ERRORS
from intersessional.infra.postgres.database_outage import DatabaseOutage
from intersessional.infra.postgres.reconnecting import ReconnectingConnection
from intersessional.infra.read_models.view_checkpoint import (
    CHECKPOINTS,
    ViewCheckpoint,
    ViewStatus,
    view_reach,
    view_statuses,
)
from intersessional.projections.kernel.view import AnyView

logger = logging.getLogger(__name__)

PROBE_TIMEOUT_S = 1.5
"""A probe that takes longer is answered as a silent database."""
SHARED_S = 1.0
"""The time for which a report answers further requests: a node probes once a second at most."""
FAILED_APPEND_S = 10.0
"""The time after a failed append, unless one succeeds, for which a node says that appends fail.

Then it is ready again: without appends it could not find out.
"""
LOCK_HELD_S = 5.0
VIEW_LAG_S = 60.0

# The lock of an append waits for every lock but that of a reader; vacuum gives way by itself.
_LOG = """
SELECT position, (SELECT coalesce(max(notification_id), 0) FROM stored_events) AS last_stored,
       pg_is_in_recovery() OR current_setting('transaction_read_only')::bool AS is_read_only,
       ARRAY(
         SELECT virtualtransaction FROM pg_locks
          WHERE relation = 'stored_events'::regclass AND granted
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND mode NOT IN ('AccessShareLock', 'ShareUpdateExclusiveLock')
       ) AS lock_holders,
       -- Of the sessions of this login alone: what others wait for is not shown.
       EXISTS (SELECT FROM pg_stat_activity WHERE wait_event = 'SyncRep') AS awaits_standby
  FROM head
"""
# More rows than the memory of the session holds are written to a temporary file: on a full disk
# that fails as an append does, and nothing of it stays.
_SMALL_MEMORY = "SET work_mem = '64kB'"
_SPILL = "SELECT count(*) FROM generate_series(1, 5000)"
_LACKS = "A statement misses a table, function or right in the database; the log says which."


class HealthProbe:
    """Probes the database on a connection of its own, one probe at a time."""

    def __init__(
        self,
        dsn: str,
        *,
        views: Sequence[AnyView],
        appends: Outage,
        parts: Sequence[DatabaseOutage] = (),
        clock: CheckedClock | None = None,
        schema: str = SCHEMA,
    ) -> None:
        """``appends`` are those of this node's sequencer, which record by ``clock``.

        ``parts`` are told of where they miss something in the database.
        """
        self._parts = parts
        self._clock = clock
        self._views = views
        self._appends = appends
        self._connection = ReconnectingConnection(dsn, schema)
        self._outage = Outage(logger, "the health probe")
        self._probing = asyncio.Lock()
        self._report = HealthReport(problems=())
        self._probed_at = float("-inf")
        self._lock_holders = LockHolders[str](LOCK_HELD_S)
        self._lagging_views = LaggingViews(VIEW_LAG_S)
        self.is_starting = False
        """Whether the node still waits for its views; then it is not ready."""

    async def report(self) -> HealthReport:
        """The health of the node, at most ``SHARED_S`` seconds old."""
        loop = asyncio.get_running_loop()
        async with self._probing:
            if loop.time() - self._probed_at >= SHARED_S:
                self._report = replace(await self._probe(), warnings=self._warnings())
                self._probed_at = loop.time()
        return self._report

    def _warnings(self) -> list[HealthProblem]:
        # A node that serves all but this stays in service: any client could send for what is wrong.
        if any(part.is_missing for part in self._parts):
            return [HealthProblem("DATABASE_LACKS", _LACKS)]
        return []

    async def close(self) -> None:
        """Close the connection."""
        await self._connection.drop()

    async def _probe(self) -> HealthReport:
        try:
            async with asyncio.timeout(PROBE_TIMEOUT_S):
                connection = await self._connection.get()
                await connection.execute(_SMALL_MEMORY)
                [log] = await connection.fetch(_LOG)
                rows = await connection.fetch(CHECKPOINTS, [view.name for view in self._views])
                report = self._judge(dict(log), [ViewCheckpoint(**row) for row in rows])
                await connection.fetch(_SPILL)
        except (*CONNECTION_ERRORS, asyncpg.PostgresError) as error:
            self._outage.failed(error)
            await self._connection.drop()
            return HealthReport(problems=[_problem_of(error)])
        self._outage.ended()
        return report

    def _judge(self, log: dict[str, Any], checkpoints: list[ViewCheckpoint]) -> HealthReport:
        """The report on an answer of the database."""
        head = log["position"]
        now_s = asyncio.get_running_loop().time()
        statuses = dict(
            zip(
                (view.name for view in self._views),
                view_statuses(self._views, checkpoints),
                strict=True,
            )
        )
        positions = {view: one.read.position for view, one in statuses.items() if one.read}
        stopped = sorted(view for view, one in statuses.items() if one.stopped)
        running = {view: at for view, at in positions.items() if view not in stopped}
        lagging = self._lagging_views.update(running, head, now_s)
        held = self._lock_holders.update(frozenset(log["lock_holders"]), now_s)
        problems: list[HealthProblem] = []
        if self.is_starting:
            problems.append(HealthProblem("STARTING", "The views are being built."))
        if log["is_read_only"]:
            problems.append(HealthProblem("DATABASE_READ_ONLY", "The database takes no writes."))
        if self._clock is not None and (fault := self._clock.fault) is not None:
            problems.append(HealthProblem("CLOCK_DIFFERS", f"{fault} Nothing is recorded."))
        if log["last_stored"] != head:
            message = f"Events are stored after the head of the log, {head}: nothing is recorded."
            problems.append(HealthProblem("LOG_INCONSISTENT", message))
        if held and log["awaits_standby"]:
            message = "An append waits for a synchronous standby of the database, which is away."
            problems.append(HealthProblem("STANDBY_AWAY", message))
        elif held:
            message = f"A transaction has held the lock of the log for {LOCK_HELD_S:.0f} s."
            problems.append(HealthProblem("LOG_LOCKED", message))
        if self._appends.failed_within(FAILED_APPEND_S):
            problems.append(HealthProblem("APPENDS_FAIL", "The latest append has failed."))
        if stopped:
            message = f"These views have stopped: {', '.join(stopped)}."
            problems.append(HealthProblem("VIEWS_STOPPED", message))
        if lagging:
            message = f"These views are {VIEW_LAG_S:.0f} s behind: {', '.join(lagging)}."
            problems.append(HealthProblem("VIEWS_LAG", message))
        return HealthReport(
            problems=problems,
            head_position=head,
            view_position=_reach(self._views, statuses),
            view_lags={view: head - at for view, at in positions.items()},
            stopped_views=stopped,
        )


def _reach(views: Sequence[AnyView], statuses: dict[str, ViewStatus]) -> int:
    return view_reach([statuses[view.name] for view in views if view.is_queried]).position or 0


def _problem_of(error: Exception) -> HealthProblem:
    match error:
        case TimeoutError():
            message = f"The database has not answered within {PROBE_TIMEOUT_S} s."
            return HealthProblem("DATABASE_SILENT", message)
        case asyncpg.DiskFullError():
            return HealthProblem("DATABASE_FULL", "The disk of the database is full.")
        case asyncpg.PostgresError() if not isinstance(error, CONNECTION_ERRORS):
            return HealthProblem("DATABASE_FAULT", "The database refuses what a node needs.")
        case _:
            return HealthProblem("DATABASE_AWAY", "The database cannot be reached.")
