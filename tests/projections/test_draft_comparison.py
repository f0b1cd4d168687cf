"""Two revisions of a draft are compared block by block."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from intersessional.domain.draft.block import Block, BlockKind
from intersessional.domain.kernel.sealed import Sealed
from intersessional.projections.draft_comparison import (
    BlockChangeKind,
    BlockDifference,
    compared,
)

ADDED, REMOVED = BlockChangeKind.ADDED, BlockChangeKind.REMOVED
CHANGED, MOVED = BlockChangeKind.CHANGED, BlockChangeKind.MOVED


def block(id: str, text: str = "00", kind: BlockKind = BlockKind.PARAGRAPH) -> Block:
    return Block(id, Sealed(sealed=text), None, kind=kind)


def blocks(ids: str) -> list[Block]:
    return [block(id) for id in ids]


def test_revisions_differ_in_blocks_that_are_new_gone_other_and_elsewhere() -> None:
    before = blocks("abcdef")
    after = [block("f"), block("x"), block("a"), block("c", "11"), block("e")]

    assert compared(before, after) == [
        BlockDifference("f", MOVED, moved=True, before=5, after=0),
        BlockDifference("x", ADDED, moved=False, before=None, after=1),
        BlockDifference("b", REMOVED, moved=False, before=1, after=None),
        BlockDifference("c", CHANGED, moved=False, before=2, after=3),
        BlockDifference("d", REMOVED, moved=False, before=3, after=None),
    ]


def test_block_of_another_kind_has_changed_wherever_it_stands() -> None:
    before, after = blocks("abc"), [*blocks("bc"), block("a", kind=BlockKind.HEADING)]

    assert compared(before, after) == [BlockDifference("a", CHANGED, moved=True, before=0, after=2)]


def test_first_revision_added_all_its_blocks() -> None:
    differences = compared([], blocks("ab"))

    assert [(one.id, one.kind) for one in differences] == [("a", ADDED), ("b", ADDED)]


@given(st.permutations("abcdef"), st.permutations("abcdef"), st.integers(0, 6), st.integers(0, 6))
def test_blocks_that_did_not_move_are_in_order_and_as_many_as_can_be(
    first: list[str], second: list[str], i: int, j: int
) -> None:
    before, after = first[i:], second[j:]

    differences = {one.id: one for one in compared(blocks("".join(before)), blocks("".join(after)))}

    kept = {*before} & {*after}
    stayed = [id for id in before if id in kept - differences.keys()]
    assert stayed == [id for id in after if id in kept - differences.keys()]
    assert {one.id for one in differences.values() if one.kind is ADDED} == {*after} - {*before}
    assert {one.id for one in differences.values() if one.kind is REMOVED} == {*before} - {*after}
    one_more = combinations([id for id in before if id in kept], len(stayed) + 1)
    assert not any([*some] == [id for id in after if id in some] for some in one_more)
