"""What is different between two revisions of a draft, block by block."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from intersessional.domain.draft.block import Block


class BlockChangeKind(Enum):
    """What happened to a block between two revisions."""

    ADDED = "ADDED"
    """The later revision has it, the earlier one has not."""
    REMOVED = "REMOVED"
    """The earlier revision has it, the later one has not."""
    CHANGED = "CHANGED"
    """Its text, kind, level, language, element or section is another; it may have moved too."""
    MOVED = "MOVED"
    """It reads as it did and stands elsewhere among those that both revisions have."""


@dataclass(frozen=True, slots=True)
class BlockDifference:
    """A block that is not the same in two revisions, with its index in each that has it."""

    id: str
    kind: BlockChangeKind
    moved: bool
    before: int | None
    after: int | None


def compared(before: Sequence[Block], after: Sequence[Block]) -> Sequence[BlockDifference]:
    """The differences in the order of the later revision.

    One that was removed follows the block that it followed. As few as can be have moved.
    """
    old, new = _indexes(before), _indexes(after)
    stayed = _longest_increasing([old[block.id] for block in after if block.id in old])
    differences: list[BlockDifference] = []
    for id in _in_order(before, after):
        i, j = old.get(id), new.get(id)
        moved = i is not None and j is not None and i not in stayed
        kind = _kind(None if i is None else before[i], None if j is None else after[j], moved=moved)
        if kind is not None:
            differences.append(BlockDifference(id, kind, moved, i, j))
    return differences


def _kind(before: Block | None, after: Block | None, *, moved: bool) -> BlockChangeKind | None:
    if before is None:
        return BlockChangeKind.ADDED
    if after is None:
        return BlockChangeKind.REMOVED
    if before != after:
        return BlockChangeKind.CHANGED
    return BlockChangeKind.MOVED if moved else None


def _indexes(blocks: Sequence[Block]) -> Mapping[str, int]:
    return {block.id: index for index, block in enumerate(blocks)}


def _in_order(before: Sequence[Block], after: Sequence[Block]) -> Iterator[str]:
    """The ids of both, those that were removed after the block that they followed."""
    kept = {block.id for block in after}
    removed: dict[str | None, list[str]] = defaultdict(list)
    last: str | None = None
    for block in before:
        if block.id in kept:
            last = block.id
        else:
            removed[last].append(block.id)
    for id in (None, *(block.id for block in after)):
        if id is not None:
            yield id
        yield from removed[id]


def _longest_increasing(numbers: Sequence[int]) -> frozenset[int]:
    """The longest subsequence that increases, by patience sorting; the numbers are distinct."""
    tops: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        pile = bisect_left(tops, number)
        before[number] = tops[pile - 1] if pile else None
        tops[pile : pile + 1] = [number]
    found: set[int] = set()
    last = tops[-1] if tops else None
    while last is not None:
        found.add(last)
        last = before[last]
    return frozenset(found)
