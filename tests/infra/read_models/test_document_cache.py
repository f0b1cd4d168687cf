"""The documents that were folded last are cached, up to a number of bytes."""

import pickle
import tracemalloc
from uuid import UUID

import pytest

from intersessional.infra.read_models.projector.document_cache import DocumentCache
from intersessional.projections.comments import COMMENTS
from intersessional.projections.kernel.document_version import AnyDocumentVersion
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view_fold import ViewFold
from tests.infra.read_models.item_views import ITEMS, ItemEvents
from tests.projections.comment_events import post
from tests.projections.event_history import BEGINS, EventHistory

A, B, C = ((1, UUID(int=n)) for n in (1, 2, 3))


def test_document_that_is_least_recently_used_is_evicted() -> None:
    cache = DocumentCache(bytes_max=8_200)
    for document_key in (A, B):
        cache.put(document_key, None)

    assert cache[A] is None
    cache.put(C, new_item())
    assert [document_key in cache for document_key in (A, B, C)] == [True, False, True]


def test_document_that_is_cached_again_is_counted_once() -> None:
    cache = DocumentCache(bytes_max=8_200)
    cache.put(A, None)
    for _ in range(10):
        item = new_item()
        cache.put(B, item)

        assert cache[B] is item
        assert A in cache


def test_document_larger_than_the_cache_is_not_cached() -> None:
    cache = DocumentCache(bytes_max=100)
    cache.put(A, new_item())

    assert A not in cache
    with pytest.raises(KeyError):
        cache[A]


def test_comments_take_no_more_memory_than_is_counted() -> None:
    count = 300
    history = EventHistory()
    for number in range(count):
        post(history, f"comment {number}")
    cache = DocumentCache()
    fold = ViewFold(COMMENTS)
    tracemalloc.start()
    try:
        for recorded in history.recorded:
            cache.put((1, recorded.stream), fold.apply(None, recorded.stream, read_again(recorded)))
        taken = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()

    assert taken <= cache.held_bytes <= 1.5 * taken


def read_again(recorded: RecordedEvent) -> RecordedEvent:
    """An event as it is read from the log: with objects of its own."""
    again: RecordedEvent = pickle.loads(pickle.dumps(recorded))
    return again


def new_item() -> AnyDocumentVersion:
    """An item that has just begun; less than 7,700 bytes."""
    event = ItemEvents().begun(UUID(int=1))
    recorded = RecordedEvent(
        position=1,
        recorded_at=BEGINS,
        stream=event.originator_id,
        version=1,
        topic="item.begun.v1",
        event=event,
    )
    return ViewFold(ITEMS).apply(None, event.originator_id, recorded)
