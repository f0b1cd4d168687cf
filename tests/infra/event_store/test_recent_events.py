"""Recent events are consecutive and bounded."""

from datetime import UTC, datetime
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from intersessional.infra.event_store.recent_events import RecentEvents
from intersessional.projections.kernel.recorded_event import RecordedEvent, UnknownEvent

NOW = datetime(2018, 4, 4, tzinfo=UTC)


def event(position: int, size: int) -> RecordedEvent:
    """An event of so many bytes."""
    return RecordedEvent(
        position=position,
        recorded_at=NOW,
        stream=UUID(int=position),
        version=1,
        topic="note.made.v1",
        event=UnknownEvent(data={}),
        state=b"x" * size,
    )


pages = st.lists(st.lists(st.integers(0, 30), min_size=1, max_size=20), max_size=20)


@given(pages, st.integers(0, 50), st.integers(1, 20), st.integers(3_000, 30_000))
def test_recent_events_are_given_to_close_readers_and_none_to_others(
    pages: list[list[int]], start: int, events_max: int, bytes_max: int
) -> None:
    latest = RecentEvents(events_max=events_max, bytes_max=bytes_max)
    appended: list[RecordedEvent] = []
    for page in pages:
        events = [event(start + len(appended) + n, size) for n, size in enumerate(page, 1)]
        appended += events
        latest.extend(events)

        for after in range(start, start + len(appended) + 1):
            later = [one for one in appended if one.position > after]
            found = latest.after(after, None)
            assert found is None or list(found) == later
            short = latest.after(after, after + 3)
            assert short is None or list(short) == later[:3]
        assert list(latest.after(start + len(appended) - 1, None) or ()) == appended[-1:]


@given(pages, st.integers(1, 20), st.integers(3_000, 30_000))
def test_recent_events_are_at_most_twice_their_bounds(
    pages: list[list[int]], events_max: int, bytes_max: int
) -> None:
    latest, count = RecentEvents(events_max=events_max, bytes_max=bytes_max), 0
    for page in pages:
        latest.extend([event(count + n, size) for n, size in enumerate(page, 1)])
        count += len(page)

        oldest = next(at for at in range(count) if latest.after(at, None) is not None)
        found = latest.after(oldest, None)
        assert found is not None
        assert len(found) <= 2 * events_max
        assert sum(one.held_bytes for one in found) <= 2 * bytes_max
