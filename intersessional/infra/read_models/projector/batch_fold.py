"""Folds a batch of events into one version of a view."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.event_store.log_row import LogRow
from intersessional.infra.read_models.projector.document_cache import CurrentDocuments, DocumentKey
from intersessional.infra.read_models.view_checkpoint import ViewCheckpoint
from intersessional.projections.kernel.document_version import AnyDocumentVersion
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view_fold import ViewFold

logger = logging.getLogger(__name__)
_STOPPED = "the view %s, version %d, stops at position %d"

REASON_CHARS_MAX = 1_000


class BatchFold:
    """One version of a view in one batch: the events that concern it, and the resulting documents.

    An event that cannot be folded stops the view before it; it is never skipped. Earlier events
    stay folded. The view runs again when its version is raised.
    """

    def __init__(self, checkpoint: ViewCheckpoint, view_fold: ViewFold[Any]) -> None:
        self.checkpoint = checkpoint
        self.position = checkpoint.position
        """The position of the last folded event."""
        self.error: Exception | None = None
        """The error that stopped the view; None while it runs."""
        self.document_versions: list[AnyDocumentVersion] = []
        """The document after each event that concerns one, in order of position."""
        self.selected: list[tuple[UUID, RecordedEvent]] = []
        """The events that concern the view, with the key of each document."""
        self.late: set[DocumentKey] = set()
        """The documents with a late event, whose earlier events ``fold`` lacked."""
        self._view_fold = view_fold
        self._selected_until: tuple[int, Exception | None] | None = None

    @property
    def stopped_at(self) -> int | None:
        """The position of the event that could not be folded."""
        return None if self.error is None else self.position + 1

    @property
    def reason(self) -> str | None:
        """The error that stopped the view, as stored."""
        if self.error is None:
            return None
        return _printable(f"{type(self.error).__name__}: {self.error}")[:REASON_CHARS_MAX]

    def select(self, events: Sequence[RecordedEvent]) -> None:
        """Select the events that concern the view."""
        keys_of = self._view_fold.view.keys
        for recorded in events:
            try:
                keys = dict.fromkeys(keys_of(recorded.fact))
            except Exception as error:  # noqa: BLE001  log_stop logs it.
                return self.stop(recorded.position, error)
            self.selected.extend((key, recorded) for key in keys)
            self.position = recorded.position
        return None

    def fold(
        self,
        cached: CurrentDocuments,
        rows: Mapping[DocumentKey, Any],
        events: Mapping[DocumentKey, Sequence[RecordedEvent]],
    ) -> dict[DocumentKey, AnyDocumentVersion | None]:
        """Fold the selected events; a document comes from ``cached``, or ``rows``, or is new.

        ``events`` are the earlier events of documents with a late one: when some are missing, the
        result is void, and ``late`` names them. Returns the documents after the batch. ``cached``
        does not change before they are stored.
        """
        if self._selected_until is None:
            self._selected_until = self.position, self.error
        self.position, self.error = self._selected_until
        self.document_versions, self.late = [], set()
        current: dict[DocumentKey, AnyDocumentVersion | None] = {}
        histories: dict[DocumentKey, list[RecordedEvent]] = {}
        for key, recorded in self.selected:
            document_key = (self.checkpoint.id, key)
            if document_key in self.late:
                continue
            try:
                if document_key not in current:
                    before = self._before(document_key, cached, rows)
                    current[document_key] = before
                    if before is None or document_key in events:
                        histories[document_key] = [*events.get(document_key, ())]
                after = self._after(current[document_key], key, recorded, histories)
            except Exception as error:  # noqa: BLE001  log_stop logs it.
                self.stop(recorded.position, error)
                break
            if after is not None:
                current[document_key] = after
                self.document_versions.append(after)
        return current

    def stop(self, position: int, error: Exception) -> None:
        """Stop the view before the event at a position."""
        self.position = position - 1
        self.error = error
        while self.document_versions and self.document_versions[-1].position == position:
            self.document_versions.pop()

    def log_stop(self) -> None:
        """Log the error that stopped the view."""
        if self.error is not None:
            version = (self.checkpoint.view, self.checkpoint.version, self.stopped_at)
            logger.error(_STOPPED, *version, exc_info=self.error)

    def _before(
        self,
        document_key: DocumentKey,
        cached: CurrentDocuments,
        rows: Mapping[DocumentKey, Any],
    ) -> AnyDocumentVersion | None:
        if document_key in cached:
            return cached[document_key]
        row = rows.get(document_key)
        return None if row is None else self._view_fold.restore(row)

    def _after(
        self,
        before: AnyDocumentVersion | None,
        key: UUID,
        recorded: RecordedEvent,
        histories: Mapping[DocumentKey, list[RecordedEvent]],
    ) -> AnyDocumentVersion | None:
        """The document after an event; None when it is late, and its earlier events are needed."""
        document_key = (self.checkpoint.id, key)
        history = histories.get(document_key)
        if history is not None:
            history.append(recorded)
        if not self._view_fold.is_late(before, recorded):
            return self._view_fold.apply(before, key, recorded)
        if history is None:
            self.late.add(document_key)
            return None
        return self._view_fold.refold(key, history)


def read_batch(codec: Codec, rows: Iterable[LogRow], batch_folds: Sequence[BatchFold]) -> None:
    """Decode the events and let each fold select its own.

    An event that cannot be decoded stops every fold: its view cannot be determined.
    """
    events: list[RecordedEvent] = []
    unreadable: tuple[int, Exception] | None = None
    for row in rows:
        try:
            events.append(codec.recorded(row))
        except Exception as error:  # noqa: BLE001  It is logged, and stored with each view.
            reason = f"{type(error).__name__}: {error}"
            logger.error("the event at position %d cannot be decoded: %s", row.position, reason)
            unreadable = row.position, error
            break
    for batch_fold in batch_folds:
        batch_fold.select(events)
        if unreadable is not None and batch_fold.error is None:
            batch_fold.stop(*unreadable)


def _printable(text: str) -> str:
    """The text with its unprintable characters escaped: PostgreSQL refuses NUL."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in text
    )
