"""Blocks of a draft are paragraphs, headings and items of lists, each perhaps in a language."""

import pytest

from intersessional.domain.command_handling.scenario import event
from intersessional.domain.draft.block import Block, BlockKind, WrittenBlock
from intersessional.domain.draft.commands import ReviseDraft
from intersessional.domain.draft.draft import Draft
from intersessional.domain.draft.ordinals import ordinals
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.sealed import Sealed
from tests.domain.actors import FACILITATOR, id_of
from tests.domain.given_when_then import given
from tests.domain.group_scenarios import DRAFT, DRAFTED, WORKING, publish


def test_a_draft_has_headings_paragraphs_and_lists() -> None:
    command = publish(
        WrittenBlock(text="Findings", kind=BlockKind.HEADING),
        WrittenBlock(text="What is *new*."),
        WrittenBlock(text="Un", kind=BlockKind.BULLET_ITEM, language="FR"),
        WrittenBlock(text="One", kind=BlockKind.ORDERED_ITEM, level=4),
    )

    given(WORKING).when(FACILITATOR.sends(command)).then(
        event(
            Draft.Published,
            blocks=(
                Block("b1", Sealed("Findings"), None, kind=BlockKind.HEADING, level=1),
                Block("b2", Sealed("What is *new*."), None),
                Block("b3", Sealed("Un"), None, kind=BlockKind.BULLET_ITEM, level=1, language="fr"),
                Block("b4", Sealed("One"), None, kind=BlockKind.ORDERED_ITEM, level=4),
            ),
        )
    )


def test_block_of_another_kind_or_language_has_changed_and_keeps_its_text() -> None:
    record = given(DRAFTED)
    first, second, third = record.aggregate(Draft, DRAFT).blocks
    command = ReviseDraft(
        command_id=id_of("revise"),
        draft=DRAFT,
        blocks=(
            WrittenBlock(text="Paragraph 1.", id="b1", kind=BlockKind.HEADING, level=2),
            WrittenBlock(text="Paragraph 2.", id="b2", language="ru"),
            WrittenBlock(text="Paragraph 3.", id="b3"),
        ),
    )

    record.when(FACILITATOR.sends(command)).then(
        event(
            Draft.Revised,
            order=(first.id, second.id, third.id),
            changed=(
                Block("b1", first.text, None, kind=BlockKind.HEADING, level=2),
                Block("b2", second.text, None, language="ru"),
            ),
        )
    )


@pytest.mark.parametrize(
    ("block", "field", "problem"),
    [
        (WrittenBlock(text="a", level=1), "level", "a paragraph has no level."),
        (WrittenBlock(text="a", kind=BlockKind.HEADING, level=5), "level", "it is from 1 to 4."),
        (
            WrittenBlock(text="a", kind=BlockKind.BULLET_ITEM, level=0),
            "level",
            "it is from 1 to 4.",
        ),
        (
            WrittenBlock(text="a", language="French"),
            "language",
            "give a language tag of BCP 47, such as en, zh-Hant or pt-BR.",
        ),
    ],
)
def test_block_with_a_level_or_a_language_that_it_cannot_have_is_refused(
    block: WrittenBlock, field: str, problem: str
) -> None:
    command = publish(WrittenBlock(text="First."), block)

    given(WORKING).when(FACILITATOR.sends(command)).then(
        BadValue(field=f"blocks.1.{field}", problem=problem)
    )


def test_items_of_ordered_lists_are_numbered_at_each_level() -> None:
    kinds = {"o": BlockKind.ORDERED_ITEM, "-": BlockKind.BULLET_ITEM, "h": BlockKind.HEADING}
    written = ["o1", "o1", "o2", "o2", "-2", "o1", "o2", "h1", "o1", "-1", "o1", "p", "o2"]

    blocks = [
        Block(f"b{n}", Sealed(one), None, kind=kinds[one[0]], level=int(one[1]))
        if one != "p"
        else Block(f"b{n}", Sealed(one), None)
        for n, one in enumerate(written)
    ]

    assert [*ordinals(blocks)] == [1, 2, 1, 2, None, 3, 1, None, 1, None, 1, None, 1]
