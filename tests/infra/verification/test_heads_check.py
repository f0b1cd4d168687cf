"""A written head tells how far a log is the one of which it was the head."""

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intersessional.infra.event_store.format.merkle import Frontier
from intersessional.infra.event_store.log_row import LogRow
from intersessional.infra.verification.hashed_event import HashedEvent
from intersessional.infra.verification.heads_check import HeadComparison, HeadsCheck
from intersessional.infra.verification.record_page import RecordPage
from intersessional.infra.verification.written_head import (
    UnreadableHead,
    WrittenHead,
    read_heads,
)

AT = datetime(2018, 4, 4, 12, 30, tzinfo=UTC)


def leaf(position: int, record: str = "one") -> bytes:
    return sha256(f"{record} {position}".encode()).digest()


def head_of(size: int) -> WrittenHead:
    frontier = Frontier()
    for position in range(1, size + 1):
        frontier.append(leaf(position))
    return WrittenHead(position=size, recorded_at=AT if size else None, frontier=frontier.hashes)


def an_event(position: int, record: str) -> HashedEvent:
    row = LogRow(
        position=position, stream=UUID(int=1), version=1, topic="t", state=b"{}", recorded_at=AT
    )
    return HashedEvent(row=row, leaf_hash=leaf(position, record))


async def compared(head: WrittenHead, size: int, differs_from: int = 1_000) -> HeadComparison:
    """A head against a log of a size, with other events from a position on."""
    events = [
        an_event(position, "one" if position < differs_from else "other")
        for position in range(1, size + 1)
    ]
    check = HeadsCheck([head])
    for n in range(0, size, 3):
        await check.check(RecordPage(events[n : n + 3], min(n + 3, size)))
    return check.comparisons[0]


@given(st.integers(0, 40), st.integers(0, 40), st.integers(1, 60))
async def test_head_says_how_far_a_log_is_its_own(written: int, size: int, differs: int) -> None:
    comparison = await compared(head_of(written), size, differs)

    assert comparison.holds == (written <= size and differs > written)
    assert comparison.agrees_until <= min(size, written, differs - 1)
    if comparison.differs_by is not None:
        assert comparison.agrees_until < differs <= comparison.differs_by
    elif size >= written:
        assert comparison.holds


async def test_event_that_is_missing_inside_leaves_the_head_uncompared() -> None:
    check = HeadsCheck([head_of(8)])
    await check.check(RecordPage([an_event(n, "one") for n in (1, 2, 4, 5, 6, 7, 8)], 8))

    [comparison] = check.comparisons
    assert (comparison.holds, comparison.agrees_until, comparison.differs_by) == (False, 0, None)


def test_head_is_read_as_it_was_written(tmp_path: Path) -> None:
    heads = [head_of(size) for size in (0, 1, 6, 7)]
    file = tmp_path / "heads"
    file.write_text("".join(f"{head.line()}\n" for head in reversed(heads)))

    assert read_heads(file) == heads


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        "no json",
        head_of(3).line().replace('"position":3', '"position":4'),
        head_of(3).line().replace('"root":"', '"root":"00'),
    ],
)
def test_what_is_no_head_is_refused_with_its_line(tmp_path: Path, text: str) -> None:
    file = tmp_path / "heads"
    file.write_text(text)

    with pytest.raises(UnreadableHead, match="heads"):
        read_heads(file)
