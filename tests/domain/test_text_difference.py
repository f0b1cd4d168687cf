"""The difference between two texts is told in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intersessional.domain.kernel.text_difference import (
    SEGMENTS_MAX,
    SegmentKind,
    TextSegment,
    kept_percent,
    text_difference,
)

SAME, REMOVED, ADDED = SegmentKind.SAME, SegmentKind.REMOVED, SegmentKind.ADDED
WORDY = st.lists(st.sampled_from(["a", "b", "word", " ", ", ", "\n", "\u8bba\u575b"])).map("".join)


@pytest.mark.parametrize(
    ("before", "after", "segments"),
    [
        ("One.", "One.", [(SAME, "One.")]),
        (
            "The quick fox jumps.",
            "The slow fox jumps far.",
            [
                (SAME, "The "),
                (REMOVED, "quick"),
                (ADDED, "slow"),
                (SAME, " fox jumps"),
                (ADDED, " far"),
                (SAME, "."),
            ],
        ),
        (
            "some old words",
            "other new ones",
            [(REMOVED, "some old words"), (ADDED, "other new ones")],
        ),
        (
            "\u4e92\u8054\u7f51\u6cbb\u7406\u8bba\u575b",
            "\u4e92\u8054\u7f51\u6cbb\u7406\u5927\u4f1a",
            [
                (SAME, "\u4e92\u8054\u7f51\u6cbb\u7406"),
                (REMOVED, "\u8bba\u575b"),
                (ADDED, "\u5927\u4f1a"),
            ],
        ),
        ("", "a", [(ADDED, "a")]),
    ],
)
def test_difference_is_told_in_words_of_any_script(
    before: str, after: str, segments: list[tuple[SegmentKind, str]]
) -> None:
    assert text_difference(before, after) == [TextSegment(*one) for one in segments]


@given(WORDY | st.text(), WORDY | st.text())
def test_both_texts_are_in_their_difference(before: str, after: str) -> None:
    segments = text_difference(before, after)

    assert segments is not None
    assert len(segments) <= SEGMENTS_MAX
    assert "".join(one.text for one in segments if one.kind is not ADDED) == before
    assert "".join(one.text for one in segments if one.kind is not REMOVED) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a b " * 100, "b a " * 100),
        ("a " * 5_000 + "x", "y " + "b " * 5_000),
        (" ".join(f"w{n}" for n in range(400)), " ".join(f"w{n}" for n in range(0, 400, 2))),
    ],
)
def test_texts_that_differ_too_much_have_no_difference_in_words(before: str, after: str) -> None:
    assert text_difference(before, after) is None


@pytest.mark.parametrize(
    ("after", "percent"),
    [
        ("Small networks work well.", 100),
        ("Small networks work well. Large ones, too.", 100),
        ("Large networks work well.", 77),
        ("Nobody knows", 0),
    ],
)
def test_what_the_later_text_has_still_is_told_in_percent(after: str, percent: int) -> None:
    assert kept_percent("Small networks work well.", after) == percent


def test_texts_that_differ_everywhere_are_not_measured() -> None:
    before, after = (" ".join(f"{one}{n} and" for n in range(200)) for one in "ab")

    assert kept_percent(before, after) is None
