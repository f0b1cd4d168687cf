"""A leader keeps at hand what it folded last."""

from uuid import UUID

import pytest

from intersessional.infra.read_models.projector.document_cache import DocumentCache
from intersessional.infra.read_models.view_fold import AnyDocumentVersion, ViewFold
from intersessional.projections.kernel.recorded_event import RecordedEvent
from tests.infra.read_models.things import THINGS, Story
from tests.projections.tale import BEGINS

A, B, C = ((1, UUID(int=n)) for n in (1, 2, 3))


def test_what_was_unused_for_longest_is_dropped() -> None:
    kept = DocumentCache(bytes_max=1_500)
    for place in (A, B):
        kept.keep(place, None)

    assert kept[A] is None
    kept.keep(C, a_thing())
    assert [place in kept for place in (A, B, C)] == [True, False, True]


def test_a_document_kept_anew_takes_its_room_once() -> None:
    kept = DocumentCache(bytes_max=1_100)
    kept.keep(A, None)
    for _ in range(10):
        thing = a_thing()
        kept.keep(B, thing)

        assert kept[B] is thing
        assert A in kept


def test_what_is_larger_than_all_the_room_is_not_kept() -> None:
    kept = DocumentCache(bytes_max=100)
    kept.keep(A, a_thing())

    assert A not in kept
    with pytest.raises(KeyError):
        kept[A]


def a_thing() -> AnyDocumentVersion:
    """A thing that has just begun; it weighs less than 600 bytes."""
    event = Story().begun(UUID(int=1))
    recorded = RecordedEvent(
        position=1,
        recorded_at=BEGINS,
        stream=event.originator_id,
        version=1,
        topic="thing.begun.v1",
        event=event,
    )
    standing = ViewFold(THINGS).step(None, event.originator_id, recorded)
    assert standing is not None
    return standing
