"""Numbers of the items of ordered lists."""

from collections.abc import Iterable, Iterator

from intersessional.domain.draft.block import Block, BlockKind


def ordinals(blocks: Iterable[Block]) -> Iterator[int | None]:
    """For each block the number of an ordered item in its list, from 1; None for other blocks.

    A list goes on over items of a deeper level, and ends with any other block.
    """
    counts: dict[int, int] = {}
    for block in blocks:
        level = block.level or 1
        if block.kind is BlockKind.ORDERED_ITEM:
            counts = {one: count for one, count in counts.items() if one <= level}
            counts[level] = counts.get(level, 0) + 1
            yield counts[level]
            continue
        item = block.kind is BlockKind.BULLET_ITEM
        counts = {one: count for one, count in counts.items() if item and one < level}
        yield None
