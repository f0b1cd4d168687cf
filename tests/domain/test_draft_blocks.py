"""Blocks of a draft keep their ids from one revision to the next."""

from dataclasses import replace

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from intersessional.domain.command_handling.scenario import event, run
from intersessional.domain.draft.block import Block, OutputElement, WrittenBlock
from intersessional.domain.draft.commands import PublishDraft
from intersessional.domain.draft.draft import Draft
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.kernel.refusals import (
    BadValue,
    NotFound,
)
from intersessional.domain.kernel.sealed import Sealed
from tests.domain.actors import (
    FACILITATOR,
    id_of,
)
from tests.domain.draft_revisions import new, revise, revised, same_block
from tests.domain.given_when_then import given
from tests.domain.group_scenarios import DRAFT, DRAFTED, GROUP, WORKING, publish


def test_a_draft_is_published_in_blocks_that_get_ids() -> None:
    command = PublishDraft(
        command_id=id_of("publish"),
        group=GROUP,
        title="A draft",
        blocks=(
            WrittenBlock(text="What it is.", element=OutputElement.DEFINITION_OF_ISSUES),
            new("What worked."),
        ),
    )

    given(WORKING).when(FACILITATOR.sends(command)).then(
        event(
            Draft.Published,
            originator_id=command.derived_id,
            group_id=GROUP,
            cycle_id=cycle_id(2018),
            title=Sealed("A draft"),
            label=None,
            language=None,
            revision=1,
            blocks=(
                Block("b1", Sealed("What it is."), OutputElement.DEFINITION_OF_ISSUES),
                Block("b2", Sealed("What worked."), None),
            ),
        )
    )


def test_block_keeps_its_id_at_any_place_in_a_revision() -> None:
    given(DRAFTED).when(
        FACILITATOR.sends(revise(new("First."), same_block("b2", "Mended."), same_block("b1")))
    ).then(
        event(
            Draft.Revised,
            originator_id=DRAFT,
            group_id=GROUP,
            cycle_id=cycle_id(2018),
            revision=2,
            order=("b4", "b2", "b1"),
            added=(Block("b4", Sealed("First."), None),),
            changed=(
                Block("b2", Sealed("Mended."), None),
                Block("b1", Sealed("The same paragraph."), None),
            ),
            removed=("b3",),
        )
    )


def test_id_of_a_removed_block_is_not_reused() -> None:
    history = (
        DRAFTED,
        revised("without b3", same_block("b1")),
        revised("one more", same_block("b1"), new()),
    )

    record = given(*history)

    assert [set(blocks) for blocks in record.aggregate(Draft, DRAFT).revisions] == [
        {"b1", "b2", "b3"},
        {"b1"},
        {"b1", "b4"},
    ]
    given(*history).when(FACILITATOR.sends(revise(new()))).then(
        event(Draft.Revised, revision=4, added=(Block("b5", Sealed("A paragraph."), None),))
    )


def test_block_that_did_not_change_is_not_recorded_again() -> None:
    blocks = [same_block(f"b{n}", f"Paragraph {n}.") for n in (2, 1, 3)]

    given(DRAFTED).when(FACILITATOR.sends(revise(*blocks))).then(
        event(Draft.Revised, order=("b2", "b1", "b3"), added=(), changed=(), removed=())
    )


def test_text_of_a_block_whose_element_changed_is_not_sealed_again() -> None:
    record = given(DRAFTED)
    first = record.aggregate(Draft, DRAFT).blocks[0]
    block = WrittenBlock(text="Paragraph 1.", id="b1", element=OutputElement.INSIGHTS)

    record.when(FACILITATOR.sends(revise(block))).then(
        event(
            Draft.Revised,
            changed=(Block("b1", first.text, OutputElement.INSIGHTS),),
            removed=("b2", "b3"),
        )
    )


def test_block_whose_text_was_erased_has_changed() -> None:
    block = same_block("b1", "Paragraph 1.")

    given(DRAFTED).erased().when(FACILITATOR.sends(revise(block))).then(
        event(Draft.Revised, changed=(Block("b1", Sealed("Paragraph 1."), None),))
    )


@settings(max_examples=40, deadline=None)
@for_all(st.lists(st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=4)))
def test_blocks_of_a_draft_are_those_that_were_written_last(
    revisions: list[list[tuple[str, bool]]],
) -> None:
    record = given(DRAFTED)
    for number, texts in enumerate(revisions):
        last = [block.id for block in record.aggregate(Draft, DRAFT).blocks]
        kept = iter(last)
        blocks = [WrittenBlock(text="z")] + [
            WrittenBlock(text=text, id=next(kept, None) if keep else None) for text, keep in texts
        ]
        command = replace(revise(*blocks), command_id=id_of(f"revision {number}"))
        record = record.given(FACILITATOR.sends(command))
        draft = record.aggregate(Draft, DRAFT)

        shown = run(record.event_store.reveal([block.text for block in draft.blocks]))
        assert [shown[block.text] for block in draft.blocks] == [block.text for block in blocks]
        assert {one.id for one in draft.blocks} & {*last} == {one.id for one in blocks} - {None}


@pytest.mark.parametrize("id", ["b3", "b4", "b0", "b-1", "b1 ", "B1", "", "x" * 100_000])
def test_block_id_from_an_earlier_revision_is_refused(id: str) -> None:
    history = (DRAFTED, revised("without b3", same_block("b1"), same_block("b2")))

    given(*history).when(FACILITATOR.sends(revise(same_block(id)))).then(
        NotFound(kind="block", id=id)
    )


def test_first_revision_with_a_block_id_is_refused() -> None:
    given(WORKING).when(FACILITATOR.sends(publish(same_block("b1")))).then(
        NotFound(kind="block", id="b1")
    )


def test_block_named_twice_in_a_revision_is_refused() -> None:
    given(DRAFTED).when(FACILITATOR.sends(revise(same_block("b1"), same_block("b1")))).then(
        BadValue(field="blocks", problem="a block id is given twice.")
    )
