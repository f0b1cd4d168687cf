"""The difference between two texts, word by word."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from itertools import groupby, takewhile

from intersessional.domain.kernel.words import segments

WORDS_MAX = 2_000
"""Segments of each text that are compared, without what both begin and end with."""
PAIRS_MAX = 10_000
"""Pairs of equal words in them: a text of 1,000 words has some 5,000 with another version."""
SEGMENTS_MAX = 100
"""Segments of a difference; more of them, nobody reads."""


class SegmentKind(Enum):
    """Which of two texts has a segment."""

    SAME = "SAME"
    """Both have it."""
    REMOVED = "REMOVED"
    """Only the earlier text has it."""
    ADDED = "ADDED"
    """Only the later text has it."""


@dataclass(frozen=True, slots=True)
class TextSegment:
    """A part of one of two texts, or of both."""

    kind: SegmentKind
    text: str


def text_difference(before: str, after: str) -> Sequence[TextSegment] | None:
    """The segments of two texts in order; None where it would take too long, or tell too little.

    Words are those of Unicode (UAX 29), spaces and punctuation segments of their own.
    """
    old, new = segments(before), segments(after)
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    rest = old[start : len(old) - end], new[start : len(new) - end]
    if max(map(len, rest)) > WORDS_MAX or _pairs(*rest) > PAIRS_MAX:
        return None
    pieces = (
        (SegmentKind.SAME, old[:start]),
        *_pieces(*rest),
        (SegmentKind.SAME, old[len(old) - end :]),
    )
    found = [
        TextSegment(kind, "".join(word for _, words in same for word in words))
        for kind, same in groupby(
            ((kind, words) for kind, words in pieces if words), key=lambda piece: piece[0]
        )
    ]
    return found if len(found) <= SEGMENTS_MAX else None


def kept_percent(before: str, after: str) -> int | None:
    """How many percent of the earlier text the later one has still; None where not to be told.

    Characters of words are counted that stand in both in one order, without spaces. It is 100 only
    where all of them do.
    """
    found = text_difference(before, after)
    if found is None:
        return None
    sizes = Counter[SegmentKind]()
    for segment in found:
        sizes[segment.kind] += sum(not c.isspace() for c in segment.text)
    earlier = sizes[SegmentKind.SAME] + sizes[SegmentKind.REMOVED]
    return 100 * sizes[SegmentKind.SAME] // earlier if earlier else 100


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """How many segments both begin with."""
    pairs = zip(old, new, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _pairs(old: Sequence[str], new: Sequence[str]) -> int:
    """How many pairs of words are equal, one of each text."""
    counts = Counter(new)
    return sum(counts[word] for word in old if not word.isspace())


def _pieces(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[SegmentKind, Sequence[str]]]:
    # A space alone is no common word: each of two rewritten sentences is shown in one piece.
    matcher = SequenceMatcher(str.isspace, old, new, autojunk=False)
    for tag, i, j, m, n in matcher.get_opcodes():
        if tag == "equal":
            yield SegmentKind.SAME, old[i:j]
        else:
            yield SegmentKind.REMOVED, old[i:j]
            yield SegmentKind.ADDED, new[m:n]
