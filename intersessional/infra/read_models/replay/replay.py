"""Folds the whole event log again and compares the result with the stored views."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.postgres.pool import Pool
from intersessional.infra.read_models.projector.document_cache import BYTES_MAX, DocumentCache
from intersessional.infra.read_models.replay.comparison import Comparison
from intersessional.infra.read_models.replay.differences import Difference
from intersessional.infra.read_models.replay.refold import Refold
from intersessional.infra.read_models.view_checkpoint import CHECKPOINTS, ViewCheckpoint
from intersessional.projections.kernel.view import AnyView
from intersessional.projections.kernel.view_fold import ViewFold

CHUNK_EVENTS = 1_000

_VIEW_TABLES = ("documents", "list_entries", "counts")
# Goes from one version to the next by the index, however many rows each has.
_STRAYS = """
WITH RECURSIVE found AS (
    SELECT min(head) AS head FROM {0}
     UNION ALL
    SELECT (SELECT min(head) FROM {0} WHERE head > found.head) FROM found WHERE head IS NOT NULL
)
SELECT EXISTS (
    SELECT FROM found WHERE head IS NOT NULL AND head NOT IN (SELECT id FROM view_heads))
"""

# The plans are made for large tables, as those of the views' own functions are.
_SETTINGS = "SET LOCAL enable_seqscan = off; SET LOCAL jit = off"


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewReplay:
    """The result for one view."""

    view: str
    version: int
    position: int
    """The position up to which it was compared: its own, unless it differs too much."""
    events: int
    """The number of events that concern the view."""
    documents: int
    states: int
    """The number of compared document versions, one for each event that left one."""
    stopped_at: int | None
    """The position of the event that the view could not fold when it was live."""
    reason: str | None
    differences: tuple[Difference, ...]
    """The differences in order of position."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """The result of a replay."""

    views: tuple[ViewReplay, ...]
    unbuilt: tuple[str, ...]
    """The names of the views that are not served in their version: nothing was compared."""
    strays: tuple[str, ...] = ()
    """The tables with rows that nobody reads: the row of their view's version was deleted."""

    @property
    def agrees(self) -> bool:
        """Whether every view was compared as far as the log goes, and nothing differs."""
        return not self.unbuilt and not any(
            view.differences or view.stopped_at is not None for view in self.views
        )


async def replay_views(
    pool: Pool,
    *,
    log: EventLog,
    codec: Codec,
    views: Sequence[AnyView],
    on_progress: Callable[[int, int], None] = lambda _position, _last: None,
    chunk_events: int = CHUNK_EVENTS,
    cache_bytes_max: int = BYTES_MAX,
) -> Replay:
    """Fold every event again and compare every version of every document that these views serve.

    The stored rows are read in one snapshot, so the views may move meanwhile; the events are read
    on another connection of the pool. Memory does not grow with the log: at any time there are
    ``chunk_events`` events and ``cache_bytes_max`` bytes of documents. ``on_progress`` is called
    with the reached position and the last one.
    """
    async with (
        pool.acquire() as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        await connection.execute(_SETTINGS)
        rows = await connection.fetch(CHECKPOINTS, [view.name for view in views])
        served = {
            (row["view"], row["version"]): ViewCheckpoint(**row) for row in rows if row["served"]
        }
        comparisons = [
            Comparison(served[view.name, view.version], ViewFold(view))
            for view in views
            if (view.name, view.version) in served
        ]
        last = max((comparison.checkpoint.position for comparison in comparisons), default=0)
        cache = DocumentCache(cache_bytes_max)
        refold = Refold(connection, log, codec, comparisons, chunk_events, cache)
        while (position := await refold.next_chunk()) is not None:
            on_progress(position, last)
        await refold.finish()
        strays = [
            table for table in _VIEW_TABLES if await connection.fetchval(_STRAYS.format(table))
        ]
    compared = {comparison.checkpoint.view for comparison in comparisons}
    return Replay(
        views=tuple(_view_replay(comparison) for comparison in comparisons),
        unbuilt=tuple(view.name for view in views if view.name not in compared),
        strays=tuple(strays),
    )


def _view_replay(comparison: Comparison) -> ViewReplay:
    checkpoint = comparison.checkpoint
    return ViewReplay(
        view=checkpoint.view,
        version=checkpoint.version,
        position=comparison.position,
        events=comparison.events,
        documents=comparison.documents,
        states=comparison.states,
        stopped_at=checkpoint.stopped_at,
        reason=checkpoint.reason,
        differences=tuple(sorted(comparison.differences, key=lambda one: one.position)),
    )
