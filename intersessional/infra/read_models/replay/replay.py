"""Folds the whole record again and compares what comes out with everything that is stored."""

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
from intersessional.infra.read_models.view_fold import ViewFold
from intersessional.projections.kernel.view import AnyView

CHUNK = 1_000

# The plans are made for large tables, as those of the views' own functions are.
_SETTINGS = "SET LOCAL enable_seqscan = off; SET LOCAL jit = off"


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewReplay:
    """One view, folded again."""

    view: str
    version: int
    position: int
    """How far it was compared: as far as it is folded, unless it differs too much."""
    events: int
    """How many events concern it."""
    documents: int
    states: int
    """How many states of the documents were compared, one for each event that left one."""
    stopped_at: int | None
    """The position of an event that it could not fold when it was live."""
    reason: str | None
    differences: tuple[Difference, ...]
    """What is wrong with it, in order of position."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """What came out."""

    views: tuple[ViewReplay, ...]
    unbuilt: tuple[str, ...]
    """The views that are not served in their version, so that there is nothing to compare."""

    @property
    def agrees(self) -> bool:
        """Whether everything was compared and nothing differs."""
        return not self.unbuilt and not any(view.differences for view in self.views)


async def replay(
    pool: Pool,
    *,
    log: EventLog,
    codec: Codec,
    views: Sequence[AnyView],
    progress: Callable[[int, int], None] = lambda _position, _last: None,
    chunk: int = CHUNK,
    kept_bytes_max: int = BYTES_MAX,
) -> Replay:
    """Fold every event again and compare every state of every document that these views serve.

    What is stored is read in one snapshot, so the views may move meanwhile; the events are read
    on another connection of the pool. The memory it takes does not grow with the record: it folds
    ``chunk`` events at a time and keeps so many bytes of documents; one that has not changed for
    long is taken up again from its row, which was compared before. ``progress`` is told how far
    it has come, and how far it has to go.
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
        last = max((comparison.head.position for comparison in comparisons), default=0)
        refold = Refold(connection, log, codec, comparisons, chunk, DocumentCache(kept_bytes_max))
        while (position := await refold.go_on()) is not None:
            progress(position, last)
        await refold.finish()
    compared = {comparison.head.view for comparison in comparisons}
    return Replay(
        views=tuple(_told(comparison) for comparison in comparisons),
        unbuilt=tuple(view.name for view in views if view.name not in compared),
    )


def _told(comparison: Comparison) -> ViewReplay:
    head = comparison.head
    return ViewReplay(
        view=head.view,
        version=head.version,
        position=comparison.position,
        events=comparison.events,
        documents=comparison.documents,
        states=comparison.states,
        stopped_at=head.stopped_at,
        reason=head.reason,
        differences=tuple(sorted(comparison.differences, key=lambda one: one.position)),
    )
