"""What a revision changes about the blocks of a draft."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

from intersessional.domain.draft.block import (
    Block,
    WrittenBlock,
    validated_level,
    validated_section,
)
from intersessional.domain.kernel.language import validated_optional_language
from intersessional.domain.kernel.refusals import BadValue, NotFound
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.kernel.texts import validated_text

BLOCKS_MAX = 1_000
DRAFT_MAX = 500_000
"""Characters of all blocks together."""


@dataclass(frozen=True, kw_only=True)
class BlockChanges:
    """The order of the blocks in a revision, and those that are not as they were."""

    order: tuple[str, ...]
    added: tuple[Block, ...]
    changed: tuple[Block, ...]
    removed: tuple[str, ...]

    @classmethod
    def between(
        cls,
        last: Sequence[Block],
        written: Sequence[WrittenBlock],
        *,
        blocks_made: int,
        texts: Mapping[Sealed, str],
    ) -> Self:
        """The changes from one revision to the next, whose new blocks are counted on.

        ``texts`` are those of the last revision; a block whose text is not among them has changed.
        Raises BadValue; NotFound for the id of a block that the last revision lacks.
        """
        before = {block.id: block for block in last}
        blocks = _numbered(written, before, blocks_made)
        kept = {block.id: block for block in blocks if block.id in before}
        return cls(
            order=tuple(block.id for block in blocks),
            added=tuple(block for block in blocks if block.id not in before),
            changed=tuple(
                changed
                for block in kept.values()
                if (changed := _changed(before[block.id], block, texts)) is not None
            ),
            removed=tuple(id for id in before if id not in kept),
        )


def _changed(before: Block, block: Block, texts: Mapping[Sealed, str]) -> Block | None:
    """The block, if anything about it changed. A text that stays is not sealed again."""
    if texts.get(before.text) != block.text.value:
        return block
    block = replace(block, text=before.text)
    return None if block == before else block


def _numbered(
    written: Sequence[WrittenBlock], before: Mapping[str, Block], made: int
) -> Sequence[Block]:
    """The blocks with their ids: those of the last revision, and new ones counted on."""
    if not 0 < len(written) <= BLOCKS_MAX:
        raise BadValue(field="blocks", problem=f"a draft has 1 to {BLOCKS_MAX} of them.")
    size = sum(len(block.text) for block in written)
    if size > DRAFT_MAX:
        raise BadValue(field="blocks", problem=f"a draft has at most {DRAFT_MAX} characters.")
    blocks: list[Block] = []
    for n, block in enumerate(written):
        if block.id is None:
            made += 1
        elif block.id not in before:
            raise NotFound(kind="block", id=block.id)
        blocks.append(_block(block.id or f"b{made}", block, f"blocks.{n}."))
    if len({block.id for block in blocks}) < len(blocks):
        raise BadValue(field="blocks", problem="a block id is given twice.")
    return blocks


def _block(id: str, written: WrittenBlock, path: str) -> Block:
    return Block(
        id,
        validated_text(f"{path}text", written.text),
        written.element,
        kind=written.kind,
        level=validated_level(f"{path}level", written),
        language=validated_optional_language(f"{path}language", written.language),
        section=validated_section(f"{path}section", written),
    )
