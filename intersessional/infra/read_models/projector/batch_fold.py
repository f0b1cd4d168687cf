"""Folds a batch of events into one version of a view."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.event_store.log_row import LogRow
from intersessional.infra.read_models.projector.document_cache import CurrentDocuments, DocumentKey
from intersessional.infra.read_models.view_checkpoint import ViewCheckpoint
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view_fold import AnyDocumentVersion, ViewFold

logger = logging.getLogger(__name__)
_STOPPED = "the view %s, version %d, stops at position %d"

REASON_CHARS_MAX = 1_000


class BatchFold:
    """One version of a view in one batch: the events that concern it, and the resulting documents.

    An event that cannot be folded stops the view before it and is logged as an error; it is never
    skipped. Earlier events stay folded. The view runs again when its version is raised.
    """

    def __init__(self, checkpoint: ViewCheckpoint, view_fold: ViewFold[Any]) -> None:
        self.checkpoint = checkpoint
        self.position = checkpoint.position
        """The position of the last folded event."""
        self.reason: str | None = None
        """The error that stopped the view; None while it runs."""
        self.document_versions: list[AnyDocumentVersion] = []
        """The document after each event that changed one, in order of position."""
        self.selected: list[tuple[UUID, RecordedEvent]] = []
        """The events that concern the view, with the key of each document."""
        self._view_fold = view_fold
        self._version = (checkpoint.view, checkpoint.version)

    @property
    def stopped_at(self) -> int | None:
        """The position of the event that could not be folded."""
        return None if self.reason is None else self.position + 1

    def select(self, events: Sequence[RecordedEvent]) -> None:
        """Select the events that concern the view."""
        keys_of = self._view_fold.view.keys
        for recorded in events:
            try:
                keys = keys_of(recorded)
            except Exception as error:
                logger.exception(_STOPPED, *self._version, recorded.position)
                return self.stop(recorded.position, error)
            self.selected.extend((key, recorded) for key in keys)
            self.position = recorded.position
        return None

    def fold(
        self, cached: CurrentDocuments, rows: Mapping[DocumentKey, Any]
    ) -> dict[DocumentKey, AnyDocumentVersion | None]:
        """Fold the selected events; a document comes from ``cached``, or ``rows``, or is new.

        Returns the documents after the batch. ``cached`` does not change before they are stored.
        """
        current: dict[DocumentKey, AnyDocumentVersion | None] = {}
        for key, recorded in self.selected:
            document_key = (self.checkpoint.id, key)
            try:
                if document_key in current:
                    before = current[document_key]
                elif document_key in cached:
                    before = cached[document_key]
                else:
                    row = rows.get(document_key)
                    before = None if row is None else self._view_fold.restore(row)
                after = self._view_fold.apply(before, key, recorded)
            except Exception as error:
                logger.exception(_STOPPED, *self._version, recorded.position)
                self.stop(recorded.position, error)
                break
            current[document_key] = after
            if after is not None:
                self.document_versions.append(after)
        return current

    def stop(self, position: int, error: Exception) -> None:
        """Stop the view before the event at a position."""
        self.position = position - 1
        self.reason = _printable(f"{type(error).__name__}: {error}")[:REASON_CHARS_MAX]


def read_batch(codec: Codec, rows: Iterable[LogRow], batch_folds: Sequence[BatchFold]) -> None:
    """Decode the events and let each fold select its own.

    An event that cannot be decoded stops every fold: its view cannot be determined.
    """
    events: list[RecordedEvent] = []
    unreadable: tuple[int, Exception] | None = None
    for row in rows:
        try:
            events.append(codec.recorded(row))
        except Exception as error:
            logger.exception("every view stops at position %d", row.position)
            unreadable = row.position, error
            break
    for batch_fold in batch_folds:
        batch_fold.select(events)
        if unreadable is not None and batch_fold.reason is None:
            batch_fold.stop(*unreadable)


def _printable(text: str) -> str:
    """The text with its unprintable characters escaped: PostgreSQL refuses NUL."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in text
    )
