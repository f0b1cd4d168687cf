"""The element of the suggested structure that each block of a draft belongs to (DOMAIN row 31)."""

from collections.abc import Iterable, Iterator

from intersessional.domain.draft.block import Block, BlockKind, OutputElement


def elements(blocks: Iterable[Block]) -> Iterator[OutputElement | str | None]:
    """For each block its own element, else that of the nearest heading above that has one.

    A section of the outline beside the elements stands for one, by its id. A heading holds what
    follows, up to the next one of its level or a higher level.
    """
    headings: dict[int, OutputElement | str | None] = {}
    for block in blocks:
        level = block.level or 1
        if block.kind is BlockKind.HEADING:
            headings = {above: one for above, one in headings.items() if above < level}
        around = next((one for one in reversed(headings.values()) if one is not None), None)
        found = block.element or block.section or around
        if block.kind is BlockKind.HEADING:
            headings[level] = found
        yield found
