"""A batch of events, folded into several views."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.event_store.log_row import LogRow
from intersessional.infra.read_models.projector.batch_fold import BatchFold, read_batch
from intersessional.infra.read_models.projector.document_cache import DocumentCache, DocumentKey
from intersessional.infra.read_models.projector.write_arguments import advance_arguments
from intersessional.infra.read_models.view_checkpoint import ViewCheckpoint
from intersessional.projections.kernel.document_version import AnyDocumentVersion
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view_fold import ViewFold

ViewFolds = Mapping[tuple[str, int], ViewFold[Any]]
"""The fold of each view, by its name and version."""


class Batch:
    """The next events of the log, for views that have all reached the same position."""

    def __init__(
        self,
        checkpoints: Sequence[ViewCheckpoint],
        view_folds: ViewFolds,
        codec: Codec,
        rows: Sequence[LogRow],
    ) -> None:
        """Decode the events and select those that concern each view."""
        self._folds = [BatchFold(one, view_folds[one.view, one.version]) for one in checkpoints]
        self._documents: dict[DocumentKey, AnyDocumentVersion | None] = {}
        read_batch(codec, rows, self._folds)

    def missing(self, cache: DocumentCache) -> set[DocumentKey]:
        """The documents that the events change and that are not cached."""
        return {
            (one.checkpoint.id, key)
            for one in self._folds
            for key, _ in one.selected
            if (one.checkpoint.id, key) not in cache
        }

    def fold(
        self,
        cache: DocumentCache,
        rows: Mapping[DocumentKey, Any],
        events: Mapping[DocumentKey, Sequence[RecordedEvent]],
    ) -> set[DocumentKey]:
        """Fold the events; returns the late documents whose earlier events are missing.

        When there are some, the events must be folded once more, with those.
        """
        for one in self._folds:
            self._documents |= one.fold(cache, rows, events)
        return {document_key for one in self._folds for document_key in one.late}

    def arguments(self) -> list[object]:
        """The arguments of the SQL call that stores the result."""
        return advance_arguments(self._folds)

    def cache(self, cache: DocumentCache) -> None:
        """Cache the documents, once they are stored."""
        for document_key, version in self._documents.items():
            cache.put(document_key, version)

    def advance(self, checkpoints: Sequence[ViewCheckpoint]) -> list[ViewCheckpoint]:
        """The checkpoints with those of this batch at their new positions; logs what stopped."""
        for batch_fold in self._folds:
            batch_fold.log_stop()
        advanced = {one.checkpoint.id: one for one in self._folds}
        return [
            replace(
                checkpoint,
                position=one.position,
                stopped_at=one.stopped_at,
                reason=one.reason,
            )
            if (one := advanced.get(checkpoint.id)) is not None
            else checkpoint
            for checkpoint in checkpoints
        ]
