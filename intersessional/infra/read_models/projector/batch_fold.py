"""A batch of events, folded through the views that stand before it."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from intersessional.infra.event_store.entries import LogRow
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.read_models.projector.document_cache import KnownDocuments, Place
from intersessional.infra.read_models.view_checkpoint import ViewCheckpoint
from intersessional.infra.read_models.view_fold import AnyDocumentVersion, ViewFold
from intersessional.projections.kernel.recorded_event import RecordedEvent

_LOGGER = logging.getLogger(__name__)
_STOPPED = "the view %s, version %d, stops at position %d"

REASON_MAX = 1_000


class BatchFold:
    """One version of a view in one batch: which events concern it, and what they make of it.

    An event that cannot be folded stops the view before it, loudly; it is never skipped. What came
    earlier stands. The view goes on when its version is raised.
    """

    def __init__(self, head: ViewCheckpoint, folder: ViewFold[Any]) -> None:
        self.head = head
        self.position = head.position
        """How far it has come."""
        self.reason: str | None = None
        """Why it could not come further."""
        self.steps: list[AnyDocumentVersion] = []
        """What each event left of a document, in order."""
        self.touched: list[tuple[UUID, RecordedEvent]] = []
        """The events that concern it, with the key of the document."""
        self._folder = folder

    @property
    def stopped_at(self) -> int | None:
        """The position of the event that it could not fold."""
        return None if self.reason is None else self.position + 1

    def look(self, events: Sequence[RecordedEvent]) -> None:
        """See which events concern the view."""
        key_of = self._folder.view.key
        for recorded in events:
            try:
                key = key_of(recorded)
            except Exception as error:
                _LOGGER.exception(_STOPPED, self.head.view, self.head.version, recorded.position)
                return self.stop(recorded.position, error)
            if key is not None:
                self.touched.append((key, recorded))
            self.position = recorded.position
        return None

    def fold(
        self, kept: KnownDocuments, loaded: Mapping[Place, Any]
    ) -> dict[Place, AnyDocumentVersion | None]:
        """Fold what was seen; the documents are kept, or loaded as rows, or do not exist.

        Answers what they are now. ``kept`` stays as it is until this is recorded.
        """
        now: dict[Place, AnyDocumentVersion | None] = {}
        for key, recorded in self.touched:
            place = (self.head.id, key)
            try:
                if place in now:
                    before = now[place]
                elif place in kept:
                    before = kept[place]
                else:
                    before = self._folder.restore(loaded[place]) if place in loaded else None
                after = self._folder.step(before, key, recorded)
            except Exception as error:
                _LOGGER.exception(_STOPPED, self.head.view, self.head.version, recorded.position)
                self.stop(recorded.position, error)
                break
            now[place] = after
            if after is not None:
                self.steps.append(after)
        return now

    def stop(self, position: int, error: Exception) -> None:
        """Stop before an event."""
        self.position = position - 1
        self.reason = _printable(f"{type(error).__name__}: {error}")[:REASON_MAX]


def read_batch(codec: Codec, rows: Iterable[LogRow], runs: Sequence[BatchFold]) -> None:
    """Show the events to every run. One that cannot be read concerns who knows which, and stops
    them all.
    """
    events: list[RecordedEvent] = []
    unreadable: tuple[int, Exception] | None = None
    for row in rows:
        try:
            events.append(codec.recorded(row))
        except Exception as error:
            _LOGGER.exception("every view stops at position %d", row.position)
            unreadable = row.position, error
            break
    for run in runs:
        run.look(events)
        if unreadable is not None and run.reason is None:
            run.stop(*unreadable)


def _printable(text: str) -> str:
    """The text with whatever the database might refuse written out."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in text
    )
